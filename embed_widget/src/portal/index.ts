import "../portal.css";
import { follow } from "../shared/live";
import { localise } from "../shared/times";

// Everything here works without a script; with one, moments are said in the reader's own zone, and answers
// appear by themselves.
localise();
if (document.getElementById("live")) follow(location.pathname);
