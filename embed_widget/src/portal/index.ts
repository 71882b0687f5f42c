import "../portal.css";
import { localise } from "../shared/times";

// Everything here works without a script; with one, moments are said in the reader's own zone.
localise();
