"""What stands in the place of a person's own words."""

NAME = "Erased person"
CONTENT = "The content was erased at the person's request."
SUBJECT = "Erased"
