import { ExternalLink } from "lucide-react";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** In the place of the runs where a job server of its own has them. */
export function RunsElsewhere({ dashboardUrl }: { dashboardUrl: string }) {
  return (
    <Panel flush>
      <EmptyState
        title="Runs are in the job server's own dashboard"
        action={
          <Button asChild kind="primary">
            <a href={dashboardUrl} target="_blank" rel="noreferrer">
              <ExternalLink />
              Open {new URL(dashboardUrl).host}
            </a>
          </Button>
        }
      >
        This installation is set to a separate Inngest server (INNGEST_BASE_URL), which runs the functions and keeps
        their runs. They are seen, cancelled and run again there.
      </EmptyState>
    </Panel>
  );
}
