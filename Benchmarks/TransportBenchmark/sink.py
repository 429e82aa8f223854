"""Reads requests on a free loopback port, answers 204, prints the port first. Checks nothing: it is there to cost little."""
import socket

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    peer, _ = listener.accept()
    got = b""
    while chunk := peer.recv(1 << 18):
        got += chunk
        head = got.find(b"\r\n\r\n")
        if head < 0:
            continue
        length = int(got[:head].lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(got) >= head + 4 + length:
            got = got[head + 4 + length:]
            peer.sendall(ANSWER)
