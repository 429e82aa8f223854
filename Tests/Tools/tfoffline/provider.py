#!/usr/bin/env python3
"""A stand-in Terraform provider: it serves a real provider's schema and makes up everything an API would answer.

    provider.py schemas/NAME.json          (started by terraform, through go-plugin's handshake)

It speaks Terraform plugin protocol 6 (gRPC on a unix socket).  Its only dependency is grpcio; the few protobuf
messages and the msgpack values are encoded by hand below.  It never opens a network connection.

Plan:  what the configuration says is planned as it is; what it leaves out is null, or unknown where the schema says
       "computed".
Apply: each unknown gets a made-up value that depends only on the resource type, its configuration and the attribute.
Data sources: computed values are made up the same way; a few that need no API are computed (DATA below).  The file
       named by TFOFFLINE_DATA, {"aws_eks_cluster": {"endpoint": "https://..."}}, overrides them.
"""
import base64
import hashlib
import json
import os
import re
import struct
import sys
import tempfile
import threading
import time

COOKIE = ('TF_PLUGIN_MAGIC_COOKIE', 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2')
ACCOUNT = '123456789012'


# ---- protobuf wire format ------------------------------------------------------------------------------------

def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 0x7f:
        out.append(n & 0x7f | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(num, v):
    """one field; False, 0, '' and None are left out as proto3 does, an empty message (b'') is not"""
    if v is None or v is False or v == '' or (v == 0 and not isinstance(v, bytes)):
        return b''
    if isinstance(v, int):
        return varint(num << 3) + varint(v)
    if isinstance(v, str):
        v = v.encode()
    return varint(num << 3 | 2) + varint(len(v)) + v


def entry(num, key, value):
    """one entry of a map<string, message> field"""
    return field(num, field(1, key) + field(2, value))


def decode(buf):
    """-> {field number: [values]}"""
    out, i = {}, 0

    def vi():
        nonlocal i
        n = s = 0
        while True:
            b = buf[i]
            i += 1
            n |= (b & 0x7f) << s
            s += 7
            if b < 0x80:
                return n
    while i < len(buf):
        tag = vi()
        wt = tag & 7
        if wt == 0:
            v = vi()
        elif wt == 2:
            ln = vi()
            v = buf[i:i + ln]
            i += ln
        else:
            ln = 8 if wt == 1 else 4
            v = buf[i:i + ln]
            i += ln
        out.setdefault(tag >> 3, []).append(v)
    return out


# ---- msgpack, as Terraform uses it -----------------------------------------------------------------------------

class Unknown:
    """an unknown value; data keeps a refinement as it came"""
    def __init__(self, code=0, data=b'\0'):
        self.code, self.data = code, data


UNKNOWN = Unknown()


def unpack(b):
    i = 0

    def take(n):
        nonlocal i
        i += n
        return b[i - n:i]

    def num(fmt):
        return struct.unpack('>' + fmt, take(struct.calcsize(fmt)))[0]

    def one():
        c = take(1)[0]
        if c < 0x80:
            return c
        if c < 0x90:
            return {one(): one() for _ in range(c & 15)}
        if c < 0xa0:
            return [one() for _ in range(c & 15)]
        if c < 0xc0:
            return take(c & 31).decode()
        if c >= 0xe0:
            return c - 256
        if c in (0xc0, 0xc2, 0xc3):
            return {0xc0: None, 0xc2: False, 0xc3: True}[c]
        if c in (0xc4, 0xc5, 0xc6):
            return bytes(take(num('BHI'[c - 0xc4])))
        if c in (0xca, 0xcb):
            return num('f' if c == 0xca else 'd')
        if 0xcc <= c <= 0xd3:
            return num('BHIQbhiq'[c - 0xcc])
        if c in (0xd9, 0xda, 0xdb):
            return take(num('BHI'[c - 0xd9])).decode()
        if c in (0xdc, 0xdd):
            return [one() for _ in range(num('HI'[c - 0xdc]))]
        if c in (0xde, 0xdf):
            return {one(): one() for _ in range(num('HI'[c - 0xde]))}
        if 0xd4 <= c <= 0xd8:
            n = 1 << (c - 0xd4)
        elif c in (0xc7, 0xc8, 0xc9):
            n = num('BHI'[c - 0xc7])
        else:
            raise ValueError('msgpack byte %#x' % c)
        code = num('b')
        return Unknown(code, bytes(take(n)))
    return one()


def pack(v):
    if v is None:
        return b'\xc0'
    if v is True or v is False:
        return b'\xc3' if v else b'\xc2'
    if isinstance(v, int):
        if 0 <= v < 128:
            return bytes([v])
        if -(1 << 63) <= v < (1 << 63):
            return b'\xd3' + struct.pack('>q', v)
        return pack(str(v))
    if isinstance(v, float):
        return b'\xcb' + struct.pack('>d', v)
    if isinstance(v, str):
        s = v.encode()
        return (bytes([0xa0 | len(s)]) if len(s) < 32 else b'\xdb' + struct.pack('>I', len(s))) + s
    if isinstance(v, bytes):
        return b'\xc6' + struct.pack('>I', len(v)) + v
    if isinstance(v, (list, tuple)):
        h = bytes([0x90 | len(v)]) if len(v) < 16 else b'\xdd' + struct.pack('>I', len(v))
        return h + b''.join(map(pack, v))
    if isinstance(v, dict):
        h = bytes([0x80 | len(v)]) if len(v) < 16 else b'\xdf' + struct.pack('>I', len(v))
        return h + b''.join(pack(k) + pack(x) for k, x in v.items())
    if isinstance(v, Unknown):
        if len(v.data) == 1:
            return b'\xd4' + struct.pack('>b', v.code) + v.data
        return b'\xc7' + struct.pack('>Bb', len(v.data), v.code) + v.data
    raise TypeError(type(v))


def dyn(v):
    """DynamicValue message"""
    return field(1, pack(v))


def undyn(m):
    if m is None:
        return None
    d = decode(m)
    if 1 in d:
        return unpack(d[1][0])
    return json.loads(d[2][0]) if 2 in d and d[2][0] else None


def any_value(v):
    """a plain Python value as a value of type "dynamic": [type JSON, value]"""
    def typ(x):
        if isinstance(x, bool):
            return 'bool'
        if isinstance(x, (int, float)):
            return 'number'
        if isinstance(x, dict):
            return ['object', {k: typ(y) for k, y in x.items()}]
        if isinstance(x, list):
            return ['tuple', [typ(y) for y in x]]
        return 'dynamic' if x is None else 'string'

    def val(x):
        if isinstance(x, dict):
            return {k: val(x[k]) for k in sorted(x)}
        if isinstance(x, list):
            return [val(y) for y in x]
        return x if x is None or isinstance(x, (bool, int, float, str)) else str(x)
    return [json.dumps(typ(v), sort_keys=True).encode(), val(v)]


# ---- schema -------------------------------------------------------------------------------------------------

NEST = {'single': 1, 'list': 2, 'set': 3, 'map': 4, 'group': 5}


class Schema:
    def __init__(self, path):
        s = json.load(open(path, encoding='utf-8'))
        self.name = s['provider'].rsplit('/', 1)[1]
        defs, self._cache = s.get('defs', {}), {}

        def resolve(b):
            while '$ref' in b:
                b = defs[b['$ref']]
            for v in b.get('block_types', {}).values():
                v['block'] = resolve(v['block'])
            return b
        self.config = resolve(s['provider_config'])
        self.resources, self.data, self.ephemeral = ({t: (v.get('version', 0), resolve(v['block']))
                                                      for t, v in s.get(k, {}).items()}
                                                     for k in ('resources', 'data_sources', 'ephemeral_resources'))

    def attribute(self, name, a):
        m = field(1, name)
        if 'nested' in a:
            n = a['nested']
            m += field(10, b''.join(field(1, self.attribute(k, v)) for k, v in sorted(n['attributes'].items()))
                       + field(3, NEST[n['nesting_mode']]))
        else:
            m += field(2, json.dumps(a['type'], sort_keys=True))
        for num, f in ((4, 'required'), (5, 'optional'), (6, 'computed'), (7, 'sensitive'), (9, 'deprecated'),
                       (11, 'write_only')):
            m += field(num, bool(a.get(f)))
        return m

    def block(self, b, version=0):
        key = (id(b), version)
        if key not in self._cache:
            m = field(1, version)
            for n, a in sorted(b.get('attributes', {}).items()):
                m += field(2, self.attribute(n, a))
            for n, t in sorted(b.get('block_types', {}).items()):
                m += field(3, field(1, n) + field(2, self.block(t['block'])) + field(3, NEST[t['nesting_mode']])
                           + field(4, t.get('min_items', 0)) + field(5, t.get('max_items', 0)))
            m += field(6, bool(b.get('deprecated')))
            self._cache[key] = m
        return self._cache[key]

    def schema(self, version, b):
        return field(1, version) + field(2, self.block(b, version))


def diagnostic(severity, summary, detail):
    return field(1, {'error': 1, 'warning': 2}[severity]) + field(2, summary) + field(3, detail)


# ---- values made up -------------------------------------------------------------------------------------------

class Fake:
    """deterministic values for one object"""
    def __init__(self, provider, typ, seed, region):
        self.provider, self.typ, self.region = provider, typ, region
        self.seed = hashlib.sha256((typ + '\0' + json.dumps(seed, sort_keys=True, default=repr_unknown)).encode()).hexdigest()

    def hash(self, path, n=12):
        return hashlib.sha256(f'{self.seed}/{path}'.encode()).hexdigest()[:n]

    def string(self, path, name):
        h = self.hash(path)
        if name == 'arn' or name.endswith('_arn'):
            parts = self.typ.split('_')
            return f"arn:aws:{parts[1] if len(parts) > 1 else 'fake'}:{self.region}:{ACCOUNT}:{'-'.join(parts[2:]) or 'fake'}/{h}"
        if name in ('account_id', 'owner_id', 'registry_id', 'owner'):
            return ACCOUNT
        if name == 'region':
            return self.region
        if name == 'uid':
            u = self.hash(path, 32)
            return f'{u[:8]}-{u[8:12]}-{u[12:16]}-{u[16:20]}-{u[20:]}'
        if name in ('resource_version', 'revision', 'version'):
            return '1'
        if name == 'issuer':
            return f'https://oidc.eks.{self.region}.amazonaws.com/id/{h.upper()}'
        if name in ('endpoint', 'url', 'invoke_url', 'repository_url') or name.endswith(('_endpoint', '_url')):
            return f'https://{h}.fake.invalid'
        if name in ('data', 'content_base64', 'b64_std', 'public_key_der'):
            return base64.b64encode(f'fake-{h}'.encode()).decode()
        if re.search(r'(^|_)(created|creation|date|time|at|rfc3339|expiration)(_|$)', name):
            return '2025-01-01T00:00:00Z'
        if name.endswith('json'):
            return '{}'
        return f'fake-{name}-{h}'

    def value(self, t, path, name):
        if isinstance(t, dict):   # nested attributes
            o = {k: self.attr(v, f'{path}.{k}', k) for k, v in t['attributes'].items()}
            return {'single': o, 'map': {}}.get(t['nesting_mode'], [o])
        if t == 'string':
            return self.string(path, name)
        if t == 'number':
            return 1
        if t == 'bool':
            return False
        if t == 'dynamic':
            return any_value(self.string(path, name))
        if t[0] == 'map':
            return {}
        if t[0] in ('list', 'set'):
            return [self.value(t[1], path + '[0]', name)]
        if t[0] == 'object':
            return {k: self.value(x, f'{path}.{k}', k) for k, x in t[1].items()}
        return [self.value(x, f'{path}[{i}]', name) for i, x in enumerate(t[1])]   # tuple

    def attr(self, a, path, name):
        return self.value(a.get('nested') or a['type'], path, name)


def repr_unknown(o):
    return 'unknown' if isinstance(o, Unknown) else o.decode('latin-1') if isinstance(o, bytes) else str(o)


def each(nesting, v, fn):
    """apply fn(object, suffix) to the objects of a nested block or attribute value"""
    if v is None or isinstance(v, Unknown):
        return v
    if nesting in ('single', 'group'):
        return fn(v, '')
    if nesting == 'map':
        return {k: fn(x, f'[{k}]') for k, x in v.items()}
    return [fn(x, f'[{i}]') for i, x in enumerate(v)]


def walk(block, v, leaf, path=''):
    """rebuild v, passing every attribute to leaf(attribute, value, path, name)"""
    if v is None or isinstance(v, Unknown):
        return v
    out = {}
    for n, a in block.get('attributes', {}).items():
        p, x = f'{path}.{n}' if path else n, v.get(n)
        y = leaf(a, x, p, n)
        if 'nested' in a:
            y = each(a['nested']['nesting_mode'], y, lambda o, s: walk(a['nested'], o, leaf, p + s))
        out[n] = y
    for n, b in block.get('block_types', {}).items():
        p = f'{path}.{n}' if path else n
        out[n] = each(b['nesting_mode'], v.get(n), lambda o, s: walk(b['block'], o, leaf, p + s))
    return out


def has_unknown(v):
    if isinstance(v, Unknown):
        return True
    return any(map(has_unknown, v.values() if isinstance(v, dict) else v)) if isinstance(v, (dict, list)) else False


def convert(t, x):
    """plain JSON -> value of type t (for TFOFFLINE_DATA)"""
    if x is None:
        return None
    if isinstance(t, dict):
        def obj(o):
            return {k: convert(v.get('nested') or v['type'], o.get(k)) for k, v in t['attributes'].items()}
        return each(t['nesting_mode'], x, lambda o, _: obj(o))
    if t == 'dynamic':
        return any_value(x)
    if isinstance(t, str):
        return str(x) if t == 'string' and not isinstance(x, bool) else x
    if t[0] in ('list', 'set'):
        return [convert(t[1], y) for y in x]
    if t[0] == 'map':
        return {k: convert(t[1], y) for k, y in x.items()}
    if t[0] == 'object':
        return {k: convert(u, x.get(k)) for k, u in t[1].items()}
    return [convert(u, y) for u, y in zip(t[1], x)]


# ---- data sources and functions that need no API -------------------------------------------------------------

def policy_document(c, region):
    def lst(x):
        x = sorted((s.replace('&{', '${') for s in x or []), reverse=True)
        return x[0] if len(x) == 1 else x

    def principals(ps):
        out = {}
        for p in ps:
            if p['type'] == '*' and p['identifiers'] == ['*']:
                return '*'
            out.setdefault(p['type'], []).extend(p['identifiers'])
        return {k: lst(v) for k, v in out.items()}
    statements, ident, version = [], c.get('policy_id'), c.get('version') or '2012-10-17'

    def add(new, over):
        for s in new:
            same = [i for i, o in enumerate(statements) if s.get('Sid') and o.get('Sid') == s.get('Sid')]
            if over and same:
                statements[same[0]] = s
            else:
                statements.append(s)
    for d in [c.get('source_json')] + (c.get('source_policy_documents') or []):
        if d:
            s = json.loads(d).get('Statement', [])
            add(s if isinstance(s, list) else [s], False)
    own = []
    for s in c.get('statement') or []:
        o = {'Sid': s.get('sid'), 'Effect': s.get('effect') or 'Allow'}
        for k, n in (('actions', 'Action'), ('not_actions', 'NotAction'), ('resources', 'Resource'), ('not_resources', 'NotResource')):
            if s.get(k):
                o[n] = lst(s[k])
        for k, n in (('principals', 'Principal'), ('not_principals', 'NotPrincipal')):
            if s.get(k):
                o[n] = principals(s[k])
        for q in s.get('condition') or []:
            v = [x.replace('&{', '${') for x in q['values']]
            o.setdefault('Condition', {}).setdefault(q['test'], {})[q['variable']] = v[0] if len(v) == 1 else v
        own.append({k: v for k, v in o.items() if v is not None and v != ''})
    add(own, True)
    for d in [c.get('override_json')] + (c.get('override_policy_documents') or []):
        if d:
            s = json.loads(d).get('Statement', [])
            add(s if isinstance(s, list) else [s], True)
    doc = {'Version': version}
    if ident:
        doc['Id'] = ident
    doc['Statement'] = statements
    return {'json': json.dumps(doc, indent=2), 'minified_json': json.dumps(doc, separators=(',', ':')),
            'id': str(int(hashlib.sha256(json.dumps(doc).encode()).hexdigest()[:8], 16))}


def local_file(c, region):
    try:
        raw = open(c['filename'], 'rb').read()
    except OSError as e:
        raise ValueError(f"local_file: {e}")
    out = {'content': raw.decode('utf-8', 'replace'), 'content_base64': base64.b64encode(raw).decode(),
           'id': hashlib.sha1(raw).hexdigest()}
    for h in ('md5', 'sha1', 'sha256', 'sha512'):
        out['content_' + h] = hashlib.new(h, raw).hexdigest()
        if h in ('sha256', 'sha512'):
            out[f'content_base64{h}'] = base64.b64encode(hashlib.new(h, raw).digest()).decode()
    return out


DATA = {
    'aws_iam_policy_document': policy_document,
    'aws_caller_identity': lambda c, r: {'account_id': ACCOUNT, 'id': ACCOUNT, 'user_id': 'AIDAFAKEFAKEFAKEFAKE',
                                         'arn': f'arn:aws:iam::{ACCOUNT}:user/tfoffline'},
    'aws_partition': lambda c, r: {'id': 'aws', 'partition': 'aws', 'dns_suffix': 'amazonaws.com',
                                   'reverse_dns_prefix': 'com.amazonaws'},
    'aws_region': lambda c, r: dict.fromkeys(('id', 'name', 'region'), c.get('region') or c.get('name') or r),
    'aws_availability_zones': lambda c, r: {'id': r, 'names': [r + x for x in 'abc'], 'zone_ids': ['use1-az%d' % i for i in (1, 2, 3)],
                                            'group_names': [r]},
    'local_file': local_file, 'local_sensitive_file': local_file,
}


class FunctionError(Exception):
    pass


def manifests(text):
    import yaml
    try:
        docs = [d for d in yaml.safe_load_all(text) if d is not None]
    except yaml.YAMLError as e:
        raise FunctionError(f'Invalid YAML document: {e}')
    for d in docs:
        for k in ('apiVersion', 'kind', 'metadata'):
            if not isinstance(d, dict) or k not in d:
                raise FunctionError(f'Invalid Kubernetes manifest: missing field "{k}"')
    return json.loads(json.dumps(docs, default=str))


def manifest_decode(text):
    docs = manifests(text)
    if len(docs) != 1:
        raise FunctionError('Invalid manifest: YAML document is empty' if not docs else
                            'YAML manifest contains multiple resources: use manifest_decode_multi')
    return any_value(docs[0])


def manifest_encode(v):
    import yaml
    v = v[1] if isinstance(v, list) and len(v) == 2 and isinstance(v[0], bytes) else v
    return yaml.safe_dump_all(v, sort_keys=True) if isinstance(v, list) else yaml.safe_dump(v, sort_keys=True)


def arn_parse(arn):
    p = arn.split(':', 5)
    if len(p) != 6 or p[0] != 'arn':
        raise FunctionError(f'invalid ARN: {arn}')
    return dict(zip(('partition', 'service', 'region', 'account_id', 'resource'), p[1:]))


def trim_iam_role_path(arn):
    p = arn_parse(arn)
    return ':'.join(('arn', p['partition'], p['service'], p['region'], p['account_id'],
                     'role/' + p['resource'].rsplit('/', 1)[-1]))


ARN = ['object', {k: 'string' for k in ('partition', 'service', 'region', 'account_id', 'resource')}]
FUNCTIONS = {   # provider -> name -> (parameters, return type, function)
    'kubernetes': {'manifest_decode': ([('manifest', 'string')], 'dynamic', manifest_decode),
                   'manifest_decode_multi': ([('manifest', 'string')], 'dynamic', lambda t: any_value(manifests(t))),
                   'manifest_encode': ([('manifest', 'dynamic')], 'string', manifest_encode)},
    'aws': {'arn_parse': ([('arn', 'string')], ARN, arn_parse),
            'arn_build': ([(k, 'string') for k in ('partition', 'service', 'region', 'account_id', 'resource')], 'string',
                          lambda *a: ':'.join(('arn',) + a)),
            'trim_iam_role_path': ([('arn', 'string')], 'string', trim_iam_role_path)},
    'local': {'direxists': ([('path', 'string')], 'bool', os.path.isdir)},
}


# ---- the provider --------------------------------------------------------------------------------------------

class Provider:
    def __init__(self, path):
        self.s = Schema(path)
        self.region, self.default_tags = 'us-east-1', {}
        over = os.environ.get('TFOFFLINE_DATA')
        self.over = json.load(open(over, encoding='utf-8')) if over else {}

    # -- schema and configuration
    def GetProviderSchema(self, _):
        s = self.s
        out = field(1, s.schema(0, s.config))
        for num, group in ((2, s.resources), (3, s.data), (8, s.ephemeral)):
            out += b''.join(entry(num, t, s.schema(*v)) for t, v in group.items())
        out += field(6, field(2, True))   # get_provider_schema_optional
        return out + b''.join(entry(7, n, f) for n, f in self.functions())

    def functions(self):
        for n, (params, ret, _) in FUNCTIONS.get(self.s.name, {}).items():
            yield n, b''.join(field(1, field(1, p) + field(2, json.dumps(t))) for p, t in params) \
                + field(3, field(1, json.dumps(ret)))

    def GetFunctions(self, _):
        return b''.join(entry(1, n, f) for n, f in self.functions())

    def CallFunction(self, r):
        name = r[1][0].decode()
        try:
            return field(1, dyn(FUNCTIONS[self.s.name][name][2](*map(undyn, r.get(2, [])))))
        except FunctionError as e:
            return field(2, field(1, str(e)))

    def ValidateProviderConfig(self, r):
        return b''

    def ConfigureProvider(self, r):
        c = undyn(r[2][0]) or {}
        if isinstance(c.get('region'), str):
            self.region = c['region']
        for d in c.get('default_tags') or []:
            if isinstance(d, dict) and isinstance(d.get('tags'), dict):
                self.default_tags = d['tags']
        return b''

    def validate(self, group, r):
        """what every provider's framework checks by its schema alone, after terraform's own checks"""
        typ = r[1][0].decode()
        _, block = group[typ]
        out = []

        def leaf(a, v, p, n):
            if v is None:
                if a.get('required'):
                    out.append(diagnostic('error', 'Missing required argument', f'The argument "{p}" is required, but no definition was found.'))
                return v
            if a.get('computed') and not a.get('optional') and not a.get('required'):
                out.append(diagnostic('error', 'Value for unconfigurable attribute', f'Can\'t configure a value for "{p}": its value will '
                                      'be decided automatically based on the result of applying this configuration.'))
            if a.get('deprecated'):
                out.append(diagnostic('warning', 'Argument is deprecated', f'"{p}" is marked deprecated in the provider\'s schema.'))
            if self.s.name in ('kubernetes', 'aws') and isinstance(a.get('type'), list) and a['type'][0] in ('list', 'set') \
                    and isinstance(v, list) and None in v:
                out.append(diagnostic('error', 'Null value found in list', f'Null values are not allowed for this attribute value: "{p}".'))
            return v
        walk(block, undyn(r[2][0]), leaf)
        if block.get('deprecated'):
            out.append(diagnostic('warning', 'Deprecated resource', f'{typ} is marked deprecated in the provider\'s schema.'))
        return b''.join(field(1, d) for d in out)

    def ValidateResourceConfig(self, r):
        return self.validate(self.s.resources, r)

    def ValidateDataResourceConfig(self, r):
        return self.validate(self.s.data, r)

    def ValidateEphemeralResourceConfig(self, r):
        return self.validate(self.s.ephemeral, r)

    # -- managed resources
    def UpgradeResourceState(self, r):
        raw = decode(r[3][0])
        return field(1, field(2, raw[1][0]))

    def ReadResource(self, r):
        return field(1, r[2][0]) + field(3, r.get(3, [b''])[0] or None)

    def PlanResourceChange(self, r):
        typ = r[1][0].decode()
        _, block = self.s.resources[typ]
        prior, proposed = undyn(r[2][0]), undyn(r[3][0])
        private = r.get(5, [b''])[0] or None

        def leaf(a, v, p, n):
            if a.get('write_only'):
                return None
            return UNKNOWN if v is None and a.get('computed') else v
        planned = walk(block, proposed, leaf)
        if planned is not None and self.s.name == 'aws' and 'tags_all' in planned:
            tags = planned.get('tags')
            if not has_unknown(tags):
                planned['tags_all'] = {**self.default_tags, **(tags or {})}
        if planned is not None and typ == 'kubernetes_manifest' and prior is not None \
                and prior.get('manifest') != planned['manifest']:
            planned['object'] = UNKNOWN
        return field(1, dyn(planned)) + field(3, private)

    def ApplyResourceChange(self, r):
        typ = r[1][0].decode()
        _, block = self.s.resources[typ]
        planned, config = undyn(r[3][0]), undyn(r[4][0])
        fake = Fake(self.s.name, typ, config, self.region)
        meta = ((planned or {}).get('metadata') or [{}])[0] if self.s.name == 'kubernetes' else {}

        def leaf(a, v, p, n):
            if not isinstance(v, Unknown):
                return fill(a.get('type'), v, p, n)
            if typ == 'kubernetes_manifest' and p == 'object':
                return planned['manifest']
            if self.s.name == 'kubernetes' and re.fullmatch(r'metadata\[0\]\.name', p):
                return (meta.get('generate_name') or 'fake-') + fake.hash(p, 5)
            if self.s.name == 'kubernetes' and p == 'id' and isinstance(meta, dict) and isinstance(meta.get('name'), str):
                return f"{meta['namespace']}/{meta['name']}" if isinstance(meta.get('namespace'), str) else meta['name']
            if typ in ('random_password', 'random_string') and n in ('result', 'id'):
                return (fake.hash('result', 64) * 4)[:planned['length']]
            if typ == 'random_integer' and n == 'result':
                return planned['min']
            return fake.attr(a, p, n)

        def fill(t, v, p, n):
            """unknowns inside a value that is known as a whole"""
            if not has_unknown(v):
                return v
            if isinstance(v, Unknown):
                return fake.value(t or 'string', p, n)
            if isinstance(v, list):
                return [fill(t[1] if isinstance(t, list) and t[0] != 'tuple' else None, x, f'{p}[{i}]', n) for i, x in enumerate(v)]
            return {k: fill((t[1].get(k) if t[0] == 'object' else t[1]) if isinstance(t, list) else None, x, f'{p}.{k}', k)
                    for k, x in v.items()}
        return field(1, dyn(walk(block, planned, leaf))) + field(2, r.get(5, [b''])[0] or None)

    def ImportResourceState(self, r):
        return field(2, diagnostic('error', 'tfoffline cannot import', 'The stand-in provider has no real objects to import.'))

    # -- data sources and ephemeral resources
    def made_up(self, typ, block, config, kind):
        fake, over = Fake(self.s.name, typ, config, self.region), self.over.get(typ, {})
        known = DATA[typ](config, self.region) if kind == 'data' and typ in DATA else {}

        def leaf(a, v, p, n):
            if p in over:
                return convert(a.get('nested') or a['type'], over[p])
            if v is None and a.get('computed'):
                return convert(a.get('nested') or a['type'], known[p]) if p in known else fake.attr(a, p, n)
            return v
        return walk(block, config, leaf)

    def ReadDataSource(self, r):
        typ = r[1][0].decode()
        try:
            return field(1, dyn(self.made_up(typ, self.s.data[typ][1], undyn(r[2][0]), 'data')))
        except (ValueError, KeyError, TypeError) as e:
            return field(2, diagnostic('error', f'tfoffline could not make up {typ}', f'{type(e).__name__}: {e}'))

    def OpenEphemeralResource(self, r):
        typ = r[1][0].decode()
        return field(3, dyn(self.made_up(typ, self.s.ephemeral[typ][1], undyn(r[2][0]), 'ephemeral')))

    def CloseEphemeralResource(self, r):
        return b''

    def StopProvider(self, r):
        return b''


def serve(path):
    import concurrent.futures
    import grpc
    provider = Provider(path)
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8), options=[('grpc.max_receive_message_length', -1),
                                                                            ('grpc.max_send_message_length', -1)])
    stop = threading.Event()

    def unary(fn):
        return grpc.unary_unary_rpc_method_handler(lambda req, ctx: fn(decode(req)))

    def shutdown(_):
        stop.set()
        return b''
    calls = {n: unary(getattr(provider, n)) for n in dir(provider) if n[0].isupper()}
    server.add_generic_rpc_handlers((
        grpc.method_handlers_generic_handler('tfplugin6.Provider', calls),
        grpc.method_handlers_generic_handler('plugin.GRPCController', {'Shutdown': unary(shutdown)}),
        grpc.method_handlers_generic_handler('grpc.health.v1.Health', {'Check': unary(lambda _: field(1, 1))}),
    ))
    folder = tempfile.mkdtemp(prefix='tfoff')
    sock = os.path.join(folder, 's')
    try:
        if len(sock) < 100:
            server.add_insecure_port('unix:' + sock)
            address = 'unix|' + sock
        else:
            address = 'tcp|127.0.0.1:%d' % server.add_insecure_port('127.0.0.1:0')
        server.start()
        print(f'1|6|{address}|grpc', flush=True)
        parent = os.getppid()
        while not stop.wait(1):   # terraform asks us to stop; should it die first, its child is handed to another parent
            if os.getppid() != parent:
                break
        time.sleep(0.05)
        server.stop(0.2)
    finally:
        for f in (sock,):
            if os.path.exists(f):
                os.unlink(f)
        os.rmdir(folder)
    os._exit(0)


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if os.environ.get(COOKIE[0]) != COOKIE[1]:
        sys.exit('provider.py is a Terraform plugin: terraform starts it. See README.md.')
    serve(sys.argv[1])
