"""Match texts: [[pattern, text], ...] in, [true or false, ...] out. Patterns mean what ECMA 262 and RE2 mean by them."""

import json
import re
import sys

# Python's `$` also matches before a line feed at the end.
json.dump([re.search(re.sub(r"\$$", r"\\Z", pattern), text) is not None for pattern, text in json.load(sys.stdin)], sys.stdout)
