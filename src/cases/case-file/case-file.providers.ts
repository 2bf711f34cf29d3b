import { SubjectSight } from '../subject-sight.js';
import { AddNote } from './add-note.js';
import { CaseFileReader } from './case-file-reader.js';
import { EntriesController } from './entries.controller.js';
import { GiveOpinion } from './give-opinion.js';
import { InstructionsController } from './instructions.controller.js';
import { Instructions } from './instructions.js';
import { NoteReminderSeen } from './note-reminder-seen.js';
import { PlansController } from './plans.controller.js';
import { RateClosure } from './rate-closure.js';
import { RatingsController } from './ratings.controller.js';
import { RatingsReader } from './ratings-reader.js';
import { RecordVisit } from './record-visit.js';
import { SavePlan } from './save-plan.js';

/** What the module of cases takes in for the case file. */
export const CASE_FILE_CONTROLLERS = [
  EntriesController,
  InstructionsController,
  PlansController,
  RatingsController,
];
export const CASE_FILE_PROVIDERS = [
  AddNote,
  CaseFileReader,
  GiveOpinion,
  Instructions,
  NoteReminderSeen,
  RateClosure,
  RatingsReader,
  RecordVisit,
  SavePlan,
  SubjectSight,
];
