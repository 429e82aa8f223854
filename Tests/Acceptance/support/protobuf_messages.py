"""Message classes of Google's protobuf, from a .proto file of messages with plain fields."""

import re

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

FIELD = descriptor_pb2.FieldDescriptorProto
MESSAGE = re.compile(r"message (\w+) \{(.*?)\}", re.DOTALL)
LINE = re.compile(r"(repeated )?(\w+) (\w+) = (\d+);")


def messages(path):
    text = re.sub(r"//.*", "", path.read_text())
    package = re.search(r"package (\w+);", text)[1]
    file = descriptor_pb2.FileDescriptorProto(name=path.name, package=package, syntax="proto3")
    for name, body in MESSAGE.findall(text):
        message = file.message_type.add(name=name)
        for repeated, kind, field, number in LINE.findall(body):
            label = FIELD.LABEL_REPEATED if repeated else FIELD.LABEL_OPTIONAL
            entry = message.field.add(name=field, number=int(number), label=label)
            if scalar := getattr(FIELD, f"TYPE_{kind.upper()}", None):
                entry.type = scalar
            else:
                entry.type, entry.type_name = FIELD.TYPE_MESSAGE, f".{package}.{kind}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        message.name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{message.name}"))
        for message in file.message_type
    }
