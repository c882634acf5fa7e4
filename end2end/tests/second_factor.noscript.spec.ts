// Without JavaScript; `second_factor.spec.ts` walks the same steps with it.
import { secondFactorSteps } from '../support/second_factor.steps';

secondFactorSteps();
