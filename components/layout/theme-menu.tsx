"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { parseThemeChoice } from "@/lib/theme";
import { useTheme } from "./use-theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const OPTIONS = [
  { value: "system", label: "As this device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Chooses light, dark or the device's own. */
export function ThemeMenu() {
  const [choice, setChoice] = useTheme();
  const Icon = ICONS[choice];
  return (
    <Menu
      trigger={
        <Button kind="quiet" size="icon" aria-label="Theme">
          <Icon />
        </Button>
      }
      entries={[
        { kind: "heading", text: "Theme" },
        { kind: "choice", value: choice, onChange: (value) => setChoice(parseThemeChoice(value)), options: OPTIONS },
      ]}
    />
  );
}
