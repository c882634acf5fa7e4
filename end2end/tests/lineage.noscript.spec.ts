import { lineageSteps } from '../support/lineage.steps';

lineageSteps();
