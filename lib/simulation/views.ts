/**
 * What a simulation can be drawn as: views declared as data. Each kind is implemented once, in
 * `components/views`, as a pure function of (recordings, t).
 */
import type { Outcome } from '../kernel/outcomes';
import type { Unit } from './parameters';

interface ViewBase {
  /** Heading of the view inside the figure; says what is seen. */
  readonly title: string;
}

/** A number, or the present value of a parameter (id), or that multiplied. */
export type Level = number | { readonly parameter: string; readonly times?: number };

export type ChartMark =
  /** A series of samples: as points joined by straight lines, as steps that hold, or a filled step. */
  | {
      readonly type: 'line' | 'step' | 'area';
      readonly series: string;
      readonly label: string;
      /** The outcome that the series counts, in whose colour it is drawn. */
      readonly outcome?: Outcome;
    }
  /** One mark per message to `to`, at the time it was sent, in its outcome's colour and shape, on a strip above the plot. */
  | {
      readonly type: 'outcomes';
      readonly from?: string;
      readonly to?: string;
      readonly kinds: readonly Outcome[];
      readonly label: string;
    };

/** Series over simulated time. In a race: one panel per variant, or all in one plot. */
export interface ChartView extends ViewBase {
  readonly kind: 'chart';
  readonly y: {
    readonly label: string;
    readonly unit: Unit;
    readonly min?: number;
    readonly max?: Level;
    /** What the values 0, 1, 2 … stand for, where the series is a state and not a quantity. */
    readonly names?: readonly string[];
  };
  readonly marks: readonly ChartMark[];
  /** Horizontal reference lines, labelled. */
  readonly thresholds?: readonly { readonly at: Level; readonly label: string }[];
  /** Vertical rules at every multiple of a length of time (windows), labelled once. */
  readonly rules?: { readonly everyMs: Level; readonly label: string };
  /** How a race is laid out. `beside`: a panel each, same axes. `overlaid`: one plot. Default beside. */
  readonly race?: 'beside' | 'overlaid';
}

/** Role of a node in a scene; decides its shape. */
export type NodeRole = 'source' | 'gate' | 'queue' | 'server' | 'store' | 'sink';

export interface SceneNode {
  readonly id: string;
  readonly label: string;
  readonly role: NodeRole;
  /** Column and row of the scene's grid, from 0; fractions are allowed. */
  readonly column: number;
  readonly row: number;
  /** States of this node drawn on it as badges: field and its name (empty if the value says it), unit. */
  readonly badges?: readonly {
    readonly field: string;
    readonly label: string;
    readonly unit?: Unit;
  }[];
  /**
   * A numeric state drawn as a level inside the node, against its capacity; the label may be empty. A
   * capacity that is a parameter is told beside the level; a plain number only scales the drawing.
   */
  readonly level?: {
    readonly field: string;
    readonly capacity: Level;
    readonly label: string;
    readonly unit?: Unit;
  };
  /** A text state; with the value `off` the node is drawn as down. */
  readonly health?: string;
}

/** Nodes, queues, and items that travel between them (messages). */
export interface FlowView extends ViewBase {
  readonly kind: 'flow';
  readonly nodes: readonly SceneNode[];
  /** Lines along which messages travel; a message between other nodes is drawn straight. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label?: string;
  }[];
}

/** Messages between participants, time running down. */
export interface SequenceView extends ViewBase {
  readonly kind: 'sequence';
  readonly participants: readonly { readonly id: string; readonly label: string }[];
  /** States shown beside a participant's lifeline when they change. */
  readonly states?: readonly {
    readonly node: string;
    readonly field: string;
    readonly label: string;
  }[];
}

/** Present values of states: rows are nodes, or variants in a race of one node. */
export interface StatesView extends ViewBase {
  readonly kind: 'states';
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly fields: readonly { readonly id: string; readonly label: string; readonly unit?: Unit }[];
}

/** What happened, newest last: notes, and messages of the kinds named. */
export interface EventsView extends ViewBase {
  readonly kind: 'events';
  readonly messages?: readonly Outcome[];
  /** Names of nodes as the list should say them. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * Keys on a circle and the nodes that own them: consistent hashing, and schemes to compare it with.
 *
 * A node's positions are one text state, numbers in [0, 1) clockwise from the top with spaces between
 * them, empty while it is not a member; what lies between a position and the one before belongs to
 * the position's node. Each key is a node of the recording with two states: where it lies, a number
 * in [0, 1), and the id of its owner. A scheme without positions (modulo) records owners alone.
 *
 * ```ts
 * record.state('cache-1', 'positions', '0.1031 0.4478 0.8102');
 * record.state('key-17', 'position', 0.4402);
 * record.state('key-17', 'owner', 'cache-1');
 *
 * ring: {
 *   kind: 'ring',
 *   title: 'Which cache owns which key',
 *   nodes: [{ id: 'cache-1', label: 'Cache 1' }, { id: 'cache-2', label: 'Cache 2' }],
 *   positions: 'positions',
 *   keys: { position: 'position', owner: 'owner', label: 'keys' },
 * }
 * ```
 *
 * Keys that have another owner than before the last change (the last moment at which a node's
 * positions changed; without positions, at which a key changed hands) are drawn as moved.
 */
export interface RingView extends ViewBase {
  readonly kind: 'ring';
  /**
   * All nodes that may be on the ring. The first eight have colours of their own. Where there are few
   * positions, the last word of the label marks them.
   */
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  /** Field of a node. */
  readonly positions: string;
  /** Fields of a key, and what keys are called ("keys", "users"). */
  readonly keys: { readonly position: string; readonly owner: string; readonly label: string };
  /** Numeric field of a node, compared beside the ring; the number of its keys by default. */
  readonly load?: { readonly field: string; readonly label: string; readonly unit?: Unit };
}

/**
 * Spans as bars that grow with time: the waterfall of a trace, a Gantt chart, who holds a lock when.
 *
 * ```ts
 * const request = record.begin({ lane: 'gateway', kind: 'request', label: 'GET /basket' });
 * const query = record.begin({ lane: 'database', kind: 'query', parent: request });
 * record.end(query, 'accepted');
 *
 * waterfall: {
 *   kind: 'timeline',
 *   title: 'Where the time of a request goes',
 *   rows: 'trace',
 *   lanes: [{ id: 'gateway', label: 'Gateway' }, { id: 'database', label: 'Database' }],
 * }
 * ```
 */
export interface TimelineView extends ViewBase {
  readonly kind: 'timeline';
  /**
   * `trace`: one tree of spans, a row each in the order of a waterfall, its critical path in full
   * colour. `lanes`: a row for each lane, with whatever takes time on it.
   */
  readonly rows: 'trace' | 'lanes';
  /** Lanes by name; as rows in this order. Spans on others are drawn in a trace only, by their id. */
  readonly lanes: readonly { readonly id: string; readonly label: string }[];
  /** Kinds of span drawn in lanes; all if it is left out. */
  readonly kinds?: readonly string[];
  /**
   * Which trace is drawn: the one under way, or the slowest that has ended so far. Record the traces
   * that are worth reading, not all of a busy service. Default present.
   */
  readonly trace?: 'present' | 'slowest';
  /**
   * Rows at most, from 1; default 14. Of a larger trace the longest spans are drawn, and each says how
   * many of its parts are not; lanes beyond are counted.
   */
  readonly rowsMax?: number;
  /**
   * Of a trace: field of a lane, its node, with the ms by which its clock is ahead. Spans are drawn
   * where that clock puts them, as whoever gathers them has to; without a state a clock is right.
   */
  readonly clock?: string;
  /** Of lanes: length of the time in sight, simulated ms, which follows the play-head; all by default. */
  readonly windowMs?: Level;
}

/**
 * A state machine: its states, the transitions with how often each was taken, and the present state.
 *
 * ```ts
 * record.state('service', 'breaker', 'open');
 * record.state('service', 'why', '12 of 20 calls failed'); // at the same moment, if there is more to say
 *
 * machine: {
 *   kind: 'machine',
 *   title: 'The breaker',
 *   nodes: [{ id: 'service', label: 'Service' }],
 *   field: 'breaker',
 *   states: [{ id: 'closed', label: 'closed' }, { id: 'open', label: 'open', mark: 'rejected' }],
 *   transitions: [
 *     { from: 'closed', to: 'open', label: 'too many failures' },
 *     { from: 'open', to: 'closed', label: 'the wait is over' },
 *   ],
 *   reason: 'why',
 * }
 * ```
 *
 * States stand below each other in the order declared, transitions down on the right and up on the
 * left. Recording the state again in which a node is already is no transition.
 */
export interface MachineView extends ViewBase {
  readonly kind: 'machine';
  /** Each has a machine of its own. */
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  /** Text state of a node. */
  readonly field: string;
  /** Two to seven; the mark of an outcome stands beside the name of a state that has one. */
  readonly states: readonly {
    readonly id: string;
    readonly label: string;
    readonly mark?: Outcome;
  }[];
  /** All that may be taken, each with its cause in a few words (two lines of a dozen letters). */
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
  }[];
  /** Text state of a node recorded together with a transition: why this one was taken. */
  readonly reason?: string;
}

/**
 * Nodes that are alike, what each is in, and the messages between them: gossip, elections, membership,
 * partitions. Five to a hundred nodes stand on a circle in the order declared, or where they say.
 *
 * ```ts
 * record.state('node-7', 'knows', 'informed');
 * record.state('node-7', 'side', 'b'); // a partition: those of another side are out of reach
 * record.message({ from: 'node-7', to: 'node-2', kind: 'sent', arrivesAt });
 *
 * cluster: {
 *   kind: 'cluster',
 *   title: 'Who has heard it',
 *   nodes: NODES, // [{ id: 'node-1', label: 'Node 1' }, …]
 *   state: {
 *     field: 'knows',
 *     values: {
 *       unaware: { label: 'unaware', mark: 'sent' },
 *       informed: { label: 'informed', mark: 'accepted' },
 *       dead: { label: 'dead', mark: 'lost' },
 *     },
 *   },
 *   side: 'side',
 * }
 * ```
 *
 * Nodes of which nothing is ever recorded are not drawn: a parameter may say how many there are.
 * Nodes of one side stand beside each other if they are declared so; the cuts between sides are then
 * few lines. A circle marks its nodes by the last word of their labels, while they are few.
 */
export interface ClusterView extends ViewBase {
  readonly kind: 'cluster';
  /** Column and row of a grid, from 0, fractions allowed: for all nodes, or for none. */
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly column?: number;
    readonly row?: number;
  }[];
  /** A text state of each node: what its values are called, and the outcome whose mark stands for each. */
  readonly state: {
    readonly field: string;
    readonly values: Readonly<Record<string, { readonly label: string; readonly mark: Outcome }>>;
  };
  /** A state beside each node's name while nodes are few, such as its term; five letters on a circle. */
  readonly badge?: { readonly field: string; readonly label: string; readonly unit?: Unit };
  /** Field of a node that says on which side of a partition it is; never recorded means no partition. */
  readonly side?: string;
  /** Standing links; one between two sides is drawn as cut. */
  readonly links?: readonly { readonly from: string; readonly to: string }[];
}

/**
 * What is told of each cell of a grid: a state of the cell's node.
 *
 * - `content`: what the cell holds, in bold; a cell whose content is the empty text, or was never
 *   recorded, is empty. One field of a group at most.
 * - `line`: a short value below the content.
 * - `bit`: a mark that is filled while the value is not 0, empty or "no"; at most three in a group.
 * - `class`: which of a few kinds the cell is of; drawn as an edge of its own and a letter.
 * - `pointer`: the id of another cell of the view, to which an arrow is drawn; empty points nowhere.
 * - `detail`: only in the detail of a chosen cell and in the table.
 * - `place`: where the cell stands (`order`), and not told: its place says it.
 */
export type GridField = {
  readonly id: string;
  /** The name of the field in the detail, the legend and the table. */
  readonly label: string;
} & (
  | { readonly as: 'content' | 'line' | 'detail'; readonly unit?: Unit }
  | { readonly as: 'bit' | 'pointer' | 'place' }
  /** Values that occur, with their names; at most eight. */
  | { readonly as: 'class'; readonly values: Readonly<Record<string, string>> }
);

/** Cells that hold the same kind of thing: slots of a cache, line pointers or tuples of a page. */
export interface GridGroup {
  /** Heading of the group; empty where the title of the view says it. */
  readonly label: string;
  /** The cells are the nodes `<node>-<first>`, `<node>-<first + 1>` …, in this order. */
  readonly node: string;
  /** Number of the first cell; 0 unless given. */
  readonly first?: number;
  /** How many cells there are, from 1 to 256. */
  readonly count: Level;
  /** What one is called in words, before its number: "slot", "line pointer". */
  readonly cell: string;
  /** Cells in a row, from 1 to 14; 8, or 12 if there are more than 64 cells, unless given. */
  readonly columns?: number;
  readonly fields: readonly GridField[];
  /**
   * Fields by which the cells stand, the first counts most; a class in the order of its values, then
   * empty cells. In the order of their numbers unless given.
   */
  readonly order?: readonly string[];
}

/**
 * Slots with what they hold: a cache, a buffer pool, the buckets of a table, a page of a heap. Which
 * cells the last change concerned follows from the states themselves, so nothing is recorded for it:
 * a new content is `written`, a content gone `emptied`, a cell of another class `moved`, a bit taken
 * away `cleared`, and any other state that is recorded, be it the same again, `touched`. What is
 * recorded at time 0 is the beginning and no change.
 *
 * @example
 * slots: {
 *   kind: 'grid',
 *   title: 'What the cache holds',
 *   groups: [{
 *     label: '', node: 'slot', cell: 'slot', count: { parameter: 'size' },
 *     fields: [
 *       { id: 'key', label: 'key', as: 'content' },
 *       { id: 'visited', label: 'visited', as: 'bit' },
 *     ],
 *   }],
 *   hands: [{ node: 'cache', field: 'hand', label: 'hand' }],
 *   words: { written: 'admitted', emptied: 'evicted', touched: 'hit' },
 * }
 * // in the run
 * record.state('slot-3', 'key', 'k42');   // admitted
 * record.state('slot-3', 'visited', 1);   // hit
 * record.state('cache', 'hand', 'slot-4');
 */
export interface GridView extends ViewBase {
  readonly kind: 'grid';
  readonly groups: readonly GridGroup[];
  /** States whose value is the id of a cell: a clock hand, the head of a log. */
  readonly hands?: readonly {
    readonly node: string;
    readonly field: string;
    readonly label: string;
  }[];
  /** What a change is called by those who work with it: "admitted". Its own name unless given. */
  readonly words?: Readonly<Partial<Record<GridChange, string>>>;
  /** Of a grid that shows one moment alone: what is said of it, instead of times and changes. */
  readonly standing?: string;
}

export type GridChange = 'written' | 'emptied' | 'moved' | 'cleared' | 'touched';

/**
 * A search tree of pages, as B+trees are: leaves below, the root on top, each page as wide as what is
 * below it, so that a key of an inner page stands between the children that it divides. At most five
 * levels; where there are many leaves, all but those around the last change are told by their number.
 *
 * A page is a node of the recording whose keys are one text state, in order with spaces between them,
 * and whose children are another: ids of pages, one more than keys; empty or never recorded in a leaf.
 * The root is a state of a node of its own. Pages that no other leads to are not drawn. What changed
 * last, and which page was split, follows from the states.
 *
 * @example
 * tree: {
 *   kind: 'tree',
 *   title: 'The pages of the index',
 *   root: { node: 'index', field: 'root' },
 *   keys: 'keys',
 *   children: 'children',
 *   capacity: { parameter: 'keysPerPage' },
 * }
 * // in the run
 * record.state('page-4', 'keys', '30 42');
 * record.state('page-2', 'keys', '30');
 * record.state('page-2', 'children', 'page-1 page-4');
 * record.state('index', 'root', 'page-2');
 */
export interface TreeView extends ViewBase {
  readonly kind: 'tree';
  /** The state whose value is the id of the root. */
  readonly root: { readonly node: string; readonly field: string };
  /** Fields of a page. */
  readonly keys: string;
  readonly children: string;
  /** The most keys that a page holds. */
  readonly capacity: Level;
}

/**
 * One queue up close: who waits and how long already, how long each may still wait, who is next,
 * and who left without having been served.
 *
 * Waiting is a span on the queue's lane whose label names the item; two that wait at the same time
 * have different names. It ends as `accepted` when service begins, and otherwise with what became of
 * the item: `expired`, `rejected` (as long as it took to refuse it, perhaps no time at all), `undone`.
 * What else is told of an item are states of the node that bears its name.
 *
 * @example
 * line: {
 *   kind: 'queue',
 *   title: 'The line up close',
 *   lane: 'line',
 *   item: 'request',
 *   next: { node: 'line', field: 'next' },
 *   deadline: 'deadline',
 *   class: { field: 'class', values: { paid: 'Paid', free: 'Free' } },
 * }
 * // in the run
 * const wait = record.begin({ lane: 'line', kind: 'wait', label: '#12' });
 * record.state('#12', 'deadline', simulator.now + 2000);
 * record.state('line', 'next', '#12');
 * record.end(wait, 'accepted');
 */
export interface QueueView extends ViewBase {
  readonly kind: 'queue';
  readonly lane: string;
  /** What one is called, singular: "customer". */
  readonly item: string;
  /** The state whose value is the name of who is served next; empty if nobody waits. */
  readonly next?: { readonly node: string; readonly field: string };
  /** Field of an item: until when it may wait, simulated ms from the start of the run. */
  readonly deadline?: string;
  /** Field of an item: which of a few kinds it is of, with their names; at most eight. */
  readonly class?: { readonly field: string; readonly values: Readonly<Record<string, string>> };
  /** More fields of an item, for the table: priority, size. */
  readonly fields?: readonly {
    readonly id: string;
    readonly label: string;
    readonly unit?: Unit;
  }[];
  /** Field of an item: why it left without having been served, in words. */
  readonly reason?: string;
}

/**
 * Amounts over two axes, as shades from none to the greatest. Rows are categories in their order, the
 * first on top. Columns are either stretches of time, and an amount is what the samples of the row's
 * series come to in each; or categories as well, and an amount is a numeric state of the row's node as
 * it is at `t`.
 *
 * @example
 * // How long requests took, and when: one sample of 1 for each, on the series of its latency.
 * latencies: {
 *   kind: 'heat',
 *   title: 'Latency of requests over time',
 *   rows: [{ id: 'over 1 s', label: 'over 1 s' }, { id: 'up to 1 s', label: 'up to 1 s' }],
 *   columns: { of: 'time', everyMs: 500, take: 'sum' },
 *   value: { label: 'Requests', unit: 'requests' },
 * }
 * record.sample('up to 1 s', 1);
 *
 * @example
 * // Who talks to whom: state "b" of node "a" is how many messages a has sent to b.
 * talk: {
 *   kind: 'heat',
 *   title: 'Messages from row to column',
 *   rows: nodes,
 *   columns: { of: 'states', fields: nodes },
 *   value: { label: 'Messages', unit: 'messages' },
 * }
 */
export interface HeatView extends ViewBase {
  readonly kind: 'heat';
  /** Up to 24 series, or nodes. */
  readonly rows: readonly { readonly id: string; readonly label: string }[];
  readonly columns:
    | {
        readonly of: 'time';
        /** Length of a column, simulated ms; from 2 to 200 of them in what is shown. */
        readonly everyMs: Level;
        /** What the samples of a stretch come to; `last` holds until there is another. */
        readonly take: 'sum' | 'mean' | 'greatest' | 'last';
      }
    | {
        readonly of: 'states';
        /** Up to 24 fields of the rows' nodes. */
        readonly fields: readonly { readonly id: string; readonly label: string }[];
      };
  readonly value: {
    readonly label: string;
    readonly unit: Unit;
    /** What the darkest shade stands for; the greatest amount of the run unless given. */
    readonly max?: Level;
  };
}

export type View =
  | ChartView
  | ClusterView
  | EventsView
  | FlowView
  | GridView
  | HeatView
  | MachineView
  | QueueView
  | RingView
  | SequenceView
  | StatesView
  | TimelineView
  | TreeView;
