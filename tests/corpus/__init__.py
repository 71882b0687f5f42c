"""Raw messages as mail programs, servers and attackers write them, each with what must come of it.

Built by code, the same every time: a case reads as what is special about it, and a thousand lines
of base64 stay out of the repository.
"""
