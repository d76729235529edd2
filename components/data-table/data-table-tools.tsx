"use client";

import { Columns3, Download } from "lucide-react";
import { downloadText } from "@/components/log/download-text";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";
import { Select } from "@/components/ui/select";
import { toCsv } from "@/lib/format/csv";
import type { DataColumn, DataFilter } from "./data-column";
import { WordsFilter } from "./words-filter";

type DataTableToolsProps<Row> = {
  id: string;
  columns: readonly DataColumn<Row>[];
  shown: readonly DataColumn<Row>[];
  rows: readonly Row[];
  filters: readonly DataFilter[];
  values: Readonly<Record<string, string>>;
  onFilter: (name: string, value: string | undefined) => void;
  onShowColumn: (id: string, isShown: boolean) => void;
};

/** Filters at the left; choice of columns and the file at the right. */
export function DataTableTools<Row>({
  id,
  columns,
  shown,
  rows,
  filters,
  values,
  onFilter,
  onShowColumn,
}: DataTableToolsProps<Row>) {
  const inFile = shown.flatMap(({ header, text }) => (text ? [{ header, text }] : []));
  const download = () => {
    const csv = toCsv(
      inFile.map(({ header }) => header),
      rows.map((row) => inFile.map(({ text }) => text(row))),
    );
    downloadText(`${id}.csv`, csv, "text/csv");
  };
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      {filters.map((filter) =>
        filter.kind === "words" ? (
          <WordsFilter
            key={filter.name}
            filter={filter}
            value={values[filter.name] ?? ""}
            onChange={(value) => onFilter(filter.name, value)}
          />
        ) : (
          <Select
            key={filter.name}
            aria-label={filter.label}
            className="w-auto max-w-52"
            value={values[filter.name] ?? ""}
            onChange={(event) => onFilter(filter.name, event.target.value || undefined)}
          >
            <option value="">{filter.label}: all</option>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        ),
      )}
      <div className="ml-auto flex gap-1">
        <Menu
          trigger={
            <Button kind="quiet" size="icon" aria-label="Choose columns">
              <Columns3 />
            </Button>
          }
          entries={[
            { kind: "heading", text: "Columns" },
            ...columns
              .filter((column) => !column.isName)
              .map(
                (column): MenuEntry => ({
                  kind: "check",
                  label: column.header,
                  isOn: shown.includes(column),
                  onChange: (isShown) => onShowColumn(column.id, isShown),
                }),
              ),
          ]}
        />
        <Button
          kind="quiet"
          size="icon"
          aria-label="Download these rows as CSV"
          disabled={rows.length === 0 || inFile.length === 0}
          onClick={download}
        >
          <Download />
        </Button>
      </div>
    </div>
  );
}
