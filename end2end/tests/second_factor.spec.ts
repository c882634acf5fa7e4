// With JavaScript; `second_factor.noscript.spec.ts` walks the same steps without.
import { secondFactorSteps } from '../support/second_factor.steps';

secondFactorSteps();
