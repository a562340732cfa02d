/** Every kind of view in one place: its drawing, its description in words, its table. */
import type { ReactNode } from 'react';
import type { View as ViewSpec } from '@/lib/simulation/views';
import { ChartView, describeChart, tableChart } from './chart';
import { describeEvents, EventsView, tableEvents } from './events';
import { describeFlow, FlowView, tableFlow } from './flow';
import { describeSequence, SequenceView, tableSequence } from './sequence';
import { describeStates, StatesView, tableStates } from './states';
import type { ViewProps, ViewTable } from './view-props';

/** Draws a view without its title: that is the frame's. */
export function View(props: ViewProps<ViewSpec>): ReactNode {
  const { view } = props;
  switch (view.kind) {
    case 'chart':
      return <ChartView {...props} view={view} />;
    case 'flow':
      return <FlowView {...props} view={view} />;
    case 'sequence':
      return <SequenceView {...props} view={view} />;
    case 'states':
      return <StatesView {...props} view={view} />;
    case 'events':
      return <EventsView {...props} view={view} />;
    default:
      return view satisfies never;
  }
}

/** What the view shows at `t`, in one or two sentences: accessible name, live region. */
export function describeView(props: ViewProps<ViewSpec>): string {
  const { view } = props;
  switch (view.kind) {
    case 'chart':
      return describeChart({ ...props, view });
    case 'flow':
      return describeFlow({ ...props, view });
    case 'sequence':
      return describeSequence({ ...props, view });
    case 'states':
      return describeStates({ ...props, view });
    case 'events':
      return describeEvents({ ...props, view });
    default:
      return view satisfies never;
  }
}

/** The same as a table. */
export function tableView(props: ViewProps<ViewSpec>): ViewTable {
  const { view } = props;
  switch (view.kind) {
    case 'chart':
      return tableChart({ ...props, view });
    case 'flow':
      return tableFlow({ ...props, view });
    case 'sequence':
      return tableSequence({ ...props, view });
    case 'states':
      return tableStates({ ...props, view });
    case 'events':
      return tableEvents({ ...props, view });
    default:
      return view satisfies never;
  }
}
