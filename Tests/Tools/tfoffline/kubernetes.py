"""Kubernetes objects, rebuilt from a plan: camelCase names, plural lists, integers where the API has integers.

What the plan does not know yet but the configuration sets is "(known after apply)". What the configuration leaves out is
left out: the real provider's defaults (protocol TCP, namespace default, ...) are not added. kubernetes_manifest is given
as it is.
"""
import base64
import json
import os
import re

HERE = os.path.dirname(os.path.realpath(__file__))
LATER = '(known after apply)'

KINDS = {   # resource type without kubernetes_ and _vN -> (apiVersion, kind)
    'namespace': ('v1', 'Namespace'), 'service_account': ('v1', 'ServiceAccount'), 'config_map': ('v1', 'ConfigMap'),
    'secret': ('v1', 'Secret'), 'service': ('v1', 'Service'), 'pod': ('v1', 'Pod'), 'endpoints': ('v1', 'Endpoints'),
    'replication_controller': ('v1', 'ReplicationController'), 'resource_quota': ('v1', 'ResourceQuota'),
    'limit_range': ('v1', 'LimitRange'), 'persistent_volume': ('v1', 'PersistentVolume'),
    'persistent_volume_claim': ('v1', 'PersistentVolumeClaim'),
    'cluster_role': ('rbac.authorization.k8s.io/v1', 'ClusterRole'), 'role': ('rbac.authorization.k8s.io/v1', 'Role'),
    'cluster_role_binding': ('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'),
    'role_binding': ('rbac.authorization.k8s.io/v1', 'RoleBinding'),
    'daemon_set': ('apps/v1', 'DaemonSet'), 'daemonset': ('apps/v1', 'DaemonSet'), 'deployment': ('apps/v1', 'Deployment'),
    'stateful_set': ('apps/v1', 'StatefulSet'), 'job': ('batch/v1', 'Job'), 'cron_job': ('batch/v1', 'CronJob'),
    'network_policy': ('networking.k8s.io/v1', 'NetworkPolicy'), 'ingress': ('networking.k8s.io/v1', 'Ingress'),
    'ingress_class': ('networking.k8s.io/v1', 'IngressClass'), 'storage_class': ('storage.k8s.io/v1', 'StorageClass'),
    'csi_driver': ('storage.k8s.io/v1', 'CSIDriver'), 'pod_disruption_budget': ('policy/v1', 'PodDisruptionBudget'),
    'priority_class': ('scheduling.k8s.io/v1', 'PriorityClass'), 'runtime_class': ('node.k8s.io/v1', 'RuntimeClass'),
    'endpoint_slice': ('discovery.k8s.io/v1', 'EndpointSlice'), 'api_service': ('apiregistration.k8s.io/v1', 'APIService'),
    'horizontal_pod_autoscaler_v1': ('autoscaling/v1', 'HorizontalPodAutoscaler'),
    'horizontal_pod_autoscaler_v2': ('autoscaling/v2', 'HorizontalPodAutoscaler'),
    'validating_webhook_configuration': ('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'),
    'mutating_webhook_configuration': ('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'),
}
OLD_API = {'ingress', 'cron_job', 'pod_disruption_budget', 'csi_driver', 'validating_webhook_configuration',
           'mutating_webhook_configuration', 'horizontal_pod_autoscaler'}   # without _vN: a beta API, no rule here
# names that are not plain camelCase
NAMES = {
    'ceph_fs': 'cephfs', 'client_ip': 'clientIP', 'cluster_ip': 'clusterIP', 'cluster_ips': 'clusterIPs',
    'dataset_uuid': 'datasetUUID', 'downward_api': 'downwardAPI', 'external_ips': 'externalIPs', 'host_ip': 'hostIP',
    'host_ipc': 'hostIPC', 'host_pid': 'hostPID', 'insecure_skip_tls_verify': 'insecureSkipTLSVerify',
    'load_balancer_ip': 'loadBalancerIP', 'non_resource_urls': 'nonResourceURLs', 'pd_id': 'pdID',
    'run_as_username': 'runAsUserName', 'target_cpu_utilization_percentage': 'targetCPUUtilizationPercentage',
    'target_ww_ns': 'targetWWNs', 'timezone': 'timeZone', 'volume_id': 'volumeID',
}
PLURAL = {   # a repeated block that has a plural name in Kubernetes
    'address': 'addresses', 'policy': 'policies', 'not_ready_address': 'notReadyAddresses',
    **{n: None for n in '''container endpoint http_header image_pull_secret init_container limit match_expression metric
    node_selector_term on_pod_condition option path port readiness_gate rule secret subject subset sysctl toleration
    topology_spread_constraint volume volume_claim_template volume_device volume_mount webhook'''.split()},
}
# (parent block, name): a name of its own
RENAMED = {('daemon_set.spec', 'strategy'): 'updateStrategy', ('storage_class', 'storage_provisioner'): 'provisioner',
           ('azure_disk', 'data_disk_uri'): 'diskURI', ('glusterfs', 'endpoints_name'): 'endpoints',
           ('rbd', 'ceph_monitors'): 'monitors', ('rbd', 'rados_user'): 'user', ('rbd', 'rbd_image'): 'image',
           ('rbd', 'rbd_pool'): 'pool', ('endpoint', 'condition'): 'conditions'}
# the schema lets these repeat, but the object has one
ONE = {'label_selector', 'namespace_selector', 'post_start', 'pre_stop', 'tcp_socket', 'grpc', 'projected', 'selector',
       'persistent_volume_claim_retention_policy', 'update_strategy', 'rolling_update', 'scale_down', 'scale_up', 'spec',
       'parameters', 'persistent_volume_source'}
MANY = {'allowed_topologies'}   # ... and the other way round
INT_OR_STRING = {'target_port', 'port', 'max_surge', 'max_unavailable', 'min_available'}
INT = {'fs_group', 'run_as_user', 'run_as_group', 'replicas', 'toleration_seconds', 'ttl_seconds_after_finished'}
OCTAL = {'mode', 'default_mode'}
SERVER = {'generation', 'resource_version', 'uid', 'self_link'}    # in metadata
NOT_OBJECT = {'id', 'timeouts', 'target_state', 'default_secret_name', 'data_wo', 'data_wo_revision', 'binary_data_wo',
              'binary_data_wo_revision', 'status'}


def camel(n):
    if n in NAMES:
        return NAMES[n]
    a, *b = n.split('_')
    return a + ''.join(x[:1].upper() + x[1:] for x in b)


class Rebuild:
    def __init__(self):
        s = json.load(open(os.path.join(HERE, 'schemas', 'kubernetes.json'), encoding='utf-8'))
        self.defs, self.resources = s['defs'], s['resources']

    def block(self, b):
        while '$ref' in b:
            b = self.defs[b['$ref']]
        return b

    def scalar(self, n, v, a):
        if v == LATER:
            return v
        t = a.get('type')
        if t == 'string' and isinstance(v, str):
            if n in INT or n in INT_OR_STRING:
                return int(v) if re.fullmatch(r'[+-]?\d+', v) else v
            if n in OCTAL:
                return int(v, 8) if re.fullmatch(r'[0-7]+', v) else v
            if n == 'ca_bundle':
                return base64.b64encode(v.encode()).decode()
        if isinstance(v, dict):
            return {k: x for k, x in v.items() if x is not None}
        return v

    def convert(self, b, v, unknown, path, parent):
        """one block's value -> object; unknown mirrors v with true where the plan knows nothing yet"""
        b, out = self.block(b), {}
        unknown = unknown if isinstance(unknown, dict) else {}
        top, meta = '.' not in path, parent == 'metadata'
        for n, a in b.get('attributes', {}).items():
            if top and (n in NOT_OBJECT or n.startswith('wait_for_') or n == 'wait_until_bound') or meta and n in SERVER:
                continue
            x, u = v.get(n), unknown.get(n)
            if u is True and (not a.get('computed') or meta and n == 'name' and path.count('.') == 1 and not v.get('generate_name')):
                x = LATER
            elif isinstance(x, dict) and isinstance(u, dict):
                x = {**x, **{k: LATER for k, y in u.items() if y is True}}
            elif isinstance(x, list) and isinstance(u, list):
                x = [LATER if i < len(u) and u[i] is True else y for i, y in enumerate(x)]
            if x is None or meta and x == {}:
                continue
            out[RENAMED.get((parent, n)) or camel(n)] = self.scalar(n, x, a)
        for n, nb in b.get('block_types', {}).items():
            if top and n in NOT_OBJECT:
                continue
            x, u = v.get(n), unknown.get(n)
            if u is True:
                x, u = None, None
                out[self.name(parent, path, n, nb)] = LATER
            if not x:   # no such block
                continue
            xs, us = (x, u if isinstance(u, list) else []) if isinstance(x, list) else ([x], [u])
            single = (nb.get('max_items') == 1 or nb['nesting_mode'] == 'single' or n in ONE
                      or parent == 'sources' and n in ('config_map', 'secret')) and n not in MANY
            # within a cron job's or a stateful set's spec, names repeat: the resource type tells them apart
            objs = [self.convert(nb['block'], y, us[i] if i < len(us) else None, f'{path}.{n}', n) for i, y in enumerate(xs)]
            if n == 'persistent_volume_source':
                for o in objs:
                    out.update(o)
            elif n == 'metadata' and path.count('.') > 0 and objs == [{}]:
                pass   # a template's empty metadata
            elif n == 'sources':   # one entry for every source, whichever way they are grouped
                out[n] = [{k: z} for y in [self.sources(nb['block'], y) for y in xs] for k, z in y]
            else:
                out[self.name(parent, path, n, nb)] = objs[0] if single else objs
        return out

    def sources(self, b, v):
        b = self.block(b)
        return [(camel(n), self.convert(b['block_types'][n]['block'], x, None, 'volume.sources.' + n, n))
                for n in ('secret', 'config_map', 'downward_api', 'service_account_token') for x in v.get(n) or []]

    def name(self, parent, path, n, nb):
        r = RENAMED.get((parent, n)) or RENAMED.get((path, n))
        if r:
            return r
        if n in PLURAL and not (nb.get('max_items') == 1 or nb['nesting_mode'] == 'single') and parent != 'sources':
            return PLURAL[n] or camel(n) + 's'
        return camel(n)

    def object(self, r, unknown):
        t, v = r['type'], r['values']
        if t == 'kubernetes_manifest':
            return prune(v.get('manifest'))
        short = t[len('kubernetes_'):]
        base = short if short in KINDS else re.sub(r'_v\d+(?:(?:alpha|beta)\d+)?$', '', short)
        if base not in KINDS or short in OLD_API or t not in self.resources:
            return None
        api, kind = KINDS[base]
        path = 'daemon_set' if base == 'daemonset' else base
        o = {'apiVersion': api, 'kind': kind, **self.convert(self.resources[t]['block'], v, unknown, path, path)}
        if kind == 'Secret':
            data = {k: x if x == LATER else base64.b64encode(x.encode()).decode() for k, x in (o.pop('data', None) or {}).items()} \
                if o.get('data') != LATER else o.pop('data')
            binary = o.pop('binaryData', None)
            if data or binary:
                o['data'] = {**data, **(binary or {})} if isinstance(data, dict) else data
        return o


def prune(x):
    if isinstance(x, dict):
        return {k: prune(v) for k, v in x.items() if v is not None}
    return [prune(v) for v in x] if isinstance(x, list) else x


def resources(module):
    yield from module.get('resources', [])
    for c in module.get('child_modules', []):
        yield from resources(c)


def objects(plan):
    """The objects that a plan creates, each with the address of its resource: {address: object}.

    Raises ValueError where a resource type of the kubernetes provider has no rule here.
    """
    unknown = {c['address']: c.get('change', {}).get('after_unknown') for c in plan.get('resource_changes', [])}
    rebuild, found = Rebuild(), {}
    for r in resources(plan['planned_values'].get('root_module', {})):
        if r.get('mode') == 'managed' and r['type'].startswith('kubernetes_'):
            built = rebuild.object(r, unknown.get(r['address']))
            if built is None:
                raise ValueError(f"no rule for {r['address']}")
            found[r['address']] = built
    return found
