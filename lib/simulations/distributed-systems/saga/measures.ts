import { counter, distribution, maximum, share } from '../../../simulation/measures';

export const measures = {
  completed: share({
    label: 'Completed',
    describe: 'Orders that ended whole: paid once, one parcel, merchant paid, order confirmed.',
    better: 'higher',
  }),
  undone: share({
    label: 'Undone',
    describe:
      'Orders that ended as if they had never been: money and item back, no parcel, order rejected or cancelled.',
    better: 'neither',
  }),
  halfDone: counter({
    label: 'Half done',
    describe: 'Orders that are neither completed nor undone two minutes after what is shown.',
    unit: 'orders',
    better: 'lower',
  }),
  misplaced: counter({
    label: 'Money misplaced',
    describe:
      'Sum over the orders of what the customer has paid above or below what is due: the price if a parcel was booked, nothing otherwise.',
    unit: '€',
    better: 'lower',
  }),
  drift: maximum({
    label: 'Money made or lost',
    describe: 'By how much the sum of all accounts ever differed from that at the start.',
    unit: '€',
    better: 'lower',
  }),
  dirtyReads: counter({
    label: 'Dirty reads',
    describe: 'Orders refused for want of an item that another order held and later gave back.',
    unit: 'orders',
    better: 'lower',
  }),
  lostUpdates: counter({
    label: 'Lost updates',
    describe: 'Orders completed although the customer had been told that they were cancelled.',
    unit: 'orders',
    better: 'lower',
  }),
  finish: distribution({
    label: 'Time to the end',
    describe:
      'From placing an order until it is completed or undone in all services; aborted by two-phase commit, it is undone with the decision, though its rows are free only once that is heard.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  longestFinish: maximum({
    label: 'Longest time to the end',
    describe:
      'The longest time from placing an order until it is completed or undone in all services; under two-phase commit, until the decision to abort.',
    unit: 'ms',
    better: 'lower',
  }),
  locked: distribution({
    label: 'Rows locked',
    describe:
      'Time during which an order keeps a row of inventory, payment or shipping locked, all such times added up.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  longestLock: maximum({
    label: 'Longest lock',
    describe:
      'The longest time during which one order keeps a row locked, all such times of the order added up.',
    unit: 'ms',
    better: 'lower',
  }),
  messages: distribution({
    label: 'Messages per order',
    describe: 'Messages that services send each other about an order, repeats included.',
    unit: 'messages',
    quantiles: [0.5],
    better: 'lower',
  }),
};
