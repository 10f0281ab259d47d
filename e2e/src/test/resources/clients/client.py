"""What a program does that uses Debian's python3-kubernetes: typed CRUD, patches, the dynamic
client, watch, logs, exec. Prints "ok" after each step; anything else is a failure."""
import json

from kubernetes import client, config, dynamic, watch
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()
NAMESPACE = "python-client"


def refused(code, call, *arguments):
    try:
        call(*arguments)
    except ApiException as e:
        assert e.status == code, e
    else:
        raise AssertionError("not refused")


core.create_namespace({"metadata": {"name": NAMESPACE}})
made = core.create_namespaced_config_map(
    NAMESPACE, client.V1ConfigMap(metadata={"name": "m", "labels": {"a": "b"}}, data={"v": "1"}))
assert made.metadata.uid
made.data["v"] = "2"
core.replace_namespaced_config_map("m", NAMESPACE, made)
refused(409, core.replace_namespaced_config_map, "m", NAMESPACE, made)
assert [m.data["v"] for m in
        core.list_namespaced_config_map(NAMESPACE, label_selector="a=b").items] == ["2"]
print("ok create")

assert core.patch_namespaced_config_map("m", NAMESPACE, {"data": {"w": "1"}}).data == {
    "v": "2", "w": "1"}
assert core.patch_namespaced_config_map(
    "m", NAMESPACE, [{"op": "remove", "path": "/data/w"}]).data == {"v": "2"}
print("ok patch")

apps.create_namespaced_deployment(NAMESPACE, {
    "metadata": {"name": "d"},
    "spec": {"replicas": 0, "selector": {"matchLabels": {"a": "b"}},
             "template": {"metadata": {"labels": {"a": "b"}},
                          "spec": {"containers": [{"name": "c", "image": "nginx"}]}}}})
scale = apps.patch_namespaced_deployment_scale("d", NAMESPACE, {"spec": {"replicas": 1}})
assert scale.spec.replicas == 1
assert client.VersionApi().get_code().minor == "36"
print("ok deployment")

anything = dynamic.DynamicClient(client.ApiClient())
deployments = anything.resources.get(api_version="apps/v1", kind="Deployment")
assert deployments.get(name="d", namespace=NAMESPACE).spec.replicas == 1
maps = anything.resources.get(api_version="v1", kind="ConfigMap")
applied = maps.server_side_apply(
    namespace=NAMESPACE, name="applied", field_manager="python",
    body=json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"},
                     "data": {"a": "b"}}))
assert applied.data.a == "b"
deployments.delete(name="d", namespace=NAMESPACE)
print("ok dynamic")

heard = []
watching = watch.Watch()
for event in watching.stream(core.list_namespaced_config_map, NAMESPACE, label_selector="a=b",
                             timeout_seconds=20):
    heard.append(event["type"])
    if event["type"] == "ADDED":
        core.delete_namespaced_config_map("m", NAMESPACE)
    if event["type"] == "DELETED":
        watching.stop()
assert heard == ["ADDED", "DELETED"], heard
print("ok watch")

assert "start worker" in core.read_namespaced_pod_log("box", "default")
print("ok logs")

answer = stream(core.connect_get_namespaced_pod_exec, "box", "default",
                command=["sh", "-c", "echo hello; echo oops >&2"],
                stderr=True, stdin=False, stdout=True, tty=False)
assert "hello" in answer and "oops" in answer, answer
shell = stream(core.connect_get_namespaced_pod_exec, "box", "default", command=["sh"],
               stderr=True, stdin=True, stdout=True, tty=False, _preload_content=False)
shell.write_stdin("echo typed\n")
assert shell.readline_stdout(timeout=10) == "typed"
shell.write_stdin("exit 5\n")
shell.run_forever(timeout=10)
assert shell.returncode == 5, shell.returncode
print("ok exec")

core.delete_namespace(NAMESPACE)
refused(404, core.read_namespaced_pod, "nobody", NAMESPACE)
print("ok delete")
