# The centre is victoriametrics, whose storage is not in this cluster: there is nothing to back up here.
