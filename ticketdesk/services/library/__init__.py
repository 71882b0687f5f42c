"""What agents keep at hand: canned responses, macros and saved views."""
