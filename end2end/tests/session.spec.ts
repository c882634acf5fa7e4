// With JavaScript; `session.noscript.spec.ts` walks the same steps without.
import { sessionSteps } from '../support/session.steps';

sessionSteps();
