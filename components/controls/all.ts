/** Imported where stills are drawn: every kind of control, at once. */
import { provideSchedule } from './schedule';
import { ScheduleControl } from './schedule-control';

provideSchedule(ScheduleControl);
