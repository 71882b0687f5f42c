"""format=flowed text (RFC 3676) → lines as their author meant them."""


def unflow(text: str, *, delete_space: bool) -> str:
    """Join lines that end in a space with the next of the same quote depth.

    `delete_space` is the parameter DelSp: the space at the end was only a sign.
    """
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth, body = _depth(line.rstrip("\r"))
        is_signature = body == "-- "
        flows = body.endswith(" ") and not is_signature
        if flows and delete_space:
            body = body[:-1]
        if open_depth == depth and out and not is_signature:
            out[-1] += body
        else:
            out.append(f"{'>' * depth} {body}" if depth else body)
        open_depth = depth if flows else None
    return "\n".join(out)


def _depth(line: str) -> tuple[int, str]:
    depth = len(line) - len(line.lstrip(">"))
    body = line[depth:]
    return depth, body[1:] if body.startswith(" ") else body
