import "../track.css";
