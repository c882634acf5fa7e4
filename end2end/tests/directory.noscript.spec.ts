// Without JavaScript; the same steps as `directory.spec.ts`.
import { directorySteps } from '../support/directory.steps';

directorySteps();
