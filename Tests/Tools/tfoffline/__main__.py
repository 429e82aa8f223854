"""python Tests/Tools/tfoffline validate|plan TREE ROOT [NAME=VALUE ...]     plan prints the plan as JSON"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tfoffline import TerraformError, Workspace  # noqa: E402  -- the package's own folder has to be found first


def main(arguments):
    if len(arguments) < 3 or arguments[0] not in ("validate", "plan"):
        sys.exit(__doc__)
    command, tree, root, *variables = arguments
    try:
        with Workspace(tree, root) as workspace:
            if command == "validate":
                workspace.validate()
            else:
                json.dump(workspace.plan(**dict(pair.split("=", 1) for pair in variables)), sys.stdout)
    except TerraformError as error:
        sys.exit(str(error))


main(sys.argv[1:])
