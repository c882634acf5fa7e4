// The same walk with JavaScript switched off.
import { walk } from '../support/confirming.steps';

walk();
