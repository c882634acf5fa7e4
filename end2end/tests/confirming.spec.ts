// From the head's confirmation to the approvals above it, in the demo city's running inspection.
import { walk } from '../support/confirming.steps';

walk();
