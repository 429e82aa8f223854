"""What Prometheus does to its own configuration when it loads it."""
import re


def expanded(label):
    """The value of an external label: `$$` is a dollar, and variables are replaced (empty here).

    Source: config.Load, os.Expand; the default since 3.0 and behind a feature flag from 2.27. `$(NODE_NAME)` is the one
    placeholder of the rendered file itself, which the pod's init container replaces before.
    """
    return re.sub(r"\$(?!\(NODE_NAME\))(\$|\{[^}]*\}|[A-Za-z0-9_*#@!?-]?)", lambda it: "$" if it[1] == "$" else "", label)
