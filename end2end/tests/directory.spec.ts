// With JavaScript; `directory.noscript.spec.ts` walks the same steps without.
import { directorySteps } from '../support/directory.steps';

directorySteps();
