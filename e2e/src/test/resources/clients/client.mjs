// What a program does that uses @kubernetes/client-node: typed CRUD, patches, objects of any kind,
// watch, informer, exec, logs, port-forward. Prints "ok" after each step; anything else is a failure.
import assert from 'node:assert/strict';
import net from 'node:net';
import { Writable } from 'node:stream';
import * as k8s from '@kubernetes/client-node';

const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const namespace = 'node-client';

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('not in time: ' + what)), 20000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function step(name, body) {
  await within(body(), name);
  console.log('ok ' + name);
}

const gather = () => {
  let text = '';
  const stream = new Writable({ write(chunk, _, done) { text += chunk; done(); } });
  return { stream, text: () => text };
};

await step('create', async () => {
  await core.createNamespace({ body: { metadata: { name: namespace } } });
  const made = await core.createNamespacedConfigMap({
    namespace, body: { metadata: { name: 'm', labels: { a: 'b' } }, data: { v: '1' } } });
  assert.ok(made.metadata.uid);
  made.data.v = '2';
  await core.replaceNamespacedConfigMap({ name: 'm', namespace, body: made });
  await assert.rejects(core.replaceNamespacedConfigMap({ name: 'm', namespace, body: made }),
    (e) => e.code === 409);
  const all = await core.listNamespacedConfigMap({ namespace, labelSelector: 'a=b' });
  assert.equal(all.items.length, 1);
  assert.equal(all.items[0].data.v, '2');
});

await step('patch', async () => {
  await core.patchNamespacedConfigMap({ name: 'm', namespace,
    body: [{ op: 'replace', path: '/data/v', value: '3' }] });
  const merged = await core.patchNamespacedConfigMap({ name: 'm', namespace,
    body: { data: { w: '1' } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
  assert.deepEqual(merged.data, { v: '3', w: '1' });
  const applied = await core.patchNamespacedConfigMap({ name: 'applied', namespace,
    fieldManager: 'node', force: true,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data: { a: 'b' } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.ServerSideApply));
  assert.equal(applied.metadata.managedFields[0].manager, 'node');
});

await step('any kind', async () => {
  const made = await objects.create({ apiVersion: 'apps/v1', kind: 'Deployment',
    metadata: { name: 'd', namespace },
    spec: { replicas: 0, selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] } } } });
  assert.equal(made.spec.strategy.type, 'RollingUpdate');
  const read = await apps.readNamespacedDeployment({ name: 'd', namespace });
  assert.equal(read.metadata.uid, made.metadata.uid);
  await objects.delete(made);
});

await step('watch', async () => {
  const heard = [];
  await new Promise((resolve, reject) => {
    const watch = new k8s.Watch(config);
    const request = watch.watch(`/api/v1/namespaces/${namespace}/configmaps`,
      { labelSelector: 'a=b', allowWatchBookmarks: true },
      async (type, object) => {
        if (type === 'BOOKMARK') return;
        heard.push(`${type} ${object.metadata.name}`);
        if (type === 'ADDED') await core.deleteNamespacedConfigMap({ name: 'm', namespace });
        if (type === 'DELETED') { (await request).abort(); resolve(); }
      }, (error) => error && error.name !== 'AbortError' ? reject(error) : resolve());
  });
  assert.deepEqual(heard, ['ADDED m', 'DELETED m']);
});

await step('informer', async () => {
  const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/secrets`,
    () => core.listNamespacedSecret({ namespace }));
  const added = new Promise((resolve) => informer.on('add', resolve));
  const gone = new Promise((resolve) => informer.on('delete', resolve));
  await informer.start();
  await core.createNamespacedSecret({ namespace,
    body: { metadata: { name: 's' }, stringData: { k: 'v' } } });
  assert.equal((await added).data.k, Buffer.from('v').toString('base64'));
  await core.deleteNamespacedSecret({ name: 's', namespace });
  await gone;
  await informer.stop();
});

await step('logs', async () => {
  const log = await core.readNamespacedPodLog({ name: 'box', namespace: 'default' });
  assert.match(log, /start worker/);
});

await step('exec', async () => {
  const out = gather();
  const status = await new Promise((resolve, reject) => {
    new k8s.Exec(config).exec('default', 'box', 'box', ['sh', '-c', 'echo hello; exit 4'],
      out.stream, gather().stream, null, false, resolve).catch(reject);
  });
  assert.equal(out.text(), 'hello\n');
  assert.equal(status.status, 'Failure');
  assert.equal(status.details.causes[0].message, '4');
});

await step('port-forward', async () => {
  const server = net.createServer((socket) => {
    new k8s.PortForward(config).portForward('default', 'box', [80], socket, null, socket);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await new Promise((resolve, reject) => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('Welcome to nginx!')) { socket.destroy(); resolve(text); }
    });
    socket.on('error', reject);
    socket.write('GET / HTTP/1.0\r\nHost: box\r\n\r\n');
  });
  assert.match(page, /^HTTP\/1\.. 200/);
  server.close();
});

await step('delete', async () => {
  await core.deleteNamespace({ name: namespace });
  await assert.rejects(core.readNamespacedPod({ name: 'nobody', namespace }),
    (e) => e.code === 404);
});
process.exit(0);
