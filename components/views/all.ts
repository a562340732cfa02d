/** Imported where stills are drawn: every kind of view, at once. */
import { chart } from './chart';
import { cluster } from './cluster';
import { events } from './events';
import { flow } from './flow';
import { grid } from './grid';
import { heat } from './heat';
import { machine } from './machine';
import { queue } from './queue';
import { ring } from './ring';
import { sequence } from './sequence';
import { states } from './states';
import { timeline } from './timeline';
import { tree } from './tree';
import { provideViews } from './view';

provideViews({
  chart,
  cluster,
  events,
  flow,
  grid,
  heat,
  machine,
  queue,
  ring,
  sequence,
  states,
  timeline,
  tree,
});
