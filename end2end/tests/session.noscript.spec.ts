// Without JavaScript; `session.spec.ts` walks the same steps with it.
import { sessionSteps } from '../support/session.steps';

sessionSteps();
