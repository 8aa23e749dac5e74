// A shared screen asks whether somebody is still there: on most of its pages in one file with the rest.

import "./child.js";
import "./kiosk.js";
