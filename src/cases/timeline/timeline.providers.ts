import { AssignmentsReader } from './assignments-reader.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineReader } from './timeline-reader.js';

/** What the module of cases takes in for the timeline. */
export const TIMELINE_CONTROLLERS = [TimelineController];
export const TIMELINE_PROVIDERS = [AssignmentsReader, TimelineReader];
