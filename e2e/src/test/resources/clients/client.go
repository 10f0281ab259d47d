// What a program does that uses Kubernetes' own Go client: typed objects as protobuf and as JSON,
// patches, server-side apply, the dynamic client, discovery, OpenAPI, informers, watches that go on,
// leader election, events, evictions, tokens, logs, exec, port-forward. Prints "ok" after each step;
// anything else is a failure. $KUBECONFIG names a lab with a pod "box" that runs nginx.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/go-logr/logr"
	openapi_v3 "github.com/google/gnostic-models/openapiv3"
	"go.yaml.in/yaml/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/httpstream"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/watch"
	applyappsv1 "k8s.io/client-go/applyconfigurations/apps/v1"
	applycorev1 "k8s.io/client-go/applyconfigurations/core/v1"
	applymetav1 "k8s.io/client-go/applyconfigurations/meta/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/openapi"
	"k8s.io/client-go/openapi3"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/scale"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/events"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/tools/remotecommand"
	watchtools "k8s.io/client-go/tools/watch"
	"k8s.io/client-go/transport/spdy"
	"k8s.io/client-go/util/retry"
	"k8s.io/klog/v2"
)

const namespace = "go-client"

// The typed client twice: as most controllers set it up, with protobuf, and as it is by default.
var config *rest.Config
var client, plain *kubernetes.Clientset

func main() {
	// The library logs what is cancelled, too; what matters comes back as an error.
	klog.SetLogger(logr.Discard())
	var err error
	config, err = clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	must(err)
	config.QPS = -1
	plain, err = kubernetes.NewForConfig(config)
	must(err)
	binary := rest.CopyConfig(config)
	binary.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	binary.ContentType = "application/vnd.kubernetes.protobuf"
	client, err = kubernetes.NewForConfig(binary)
	must(err)
	step("create", create)
	step("patch", patch)
	step("apply", apply)
	step("dynamic", anyKind)
	step("discovery", discover)
	step("openapi", describe)
	step("informer", inform)
	step("watch", follow)
	step("election", elect)
	step("events", record)
	step("eviction", evict)
	step("authority", authority)
	step("logs", logs)
	step("exec", execute)
	step("port-forward", forward)
	step("delete", remove)
}

func step(name string, body func(context.Context)) {
	limited, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	body(limited)
	fmt.Println("ok " + name)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func check(right bool, what ...any) {
	if !right {
		panic(fmt.Sprintln(what...))
	}
}

func create(ctx context.Context) {
	_, err := client.CoreV1().Namespaces().Create(ctx,
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{})
	must(err)
	maps := client.CoreV1().ConfigMaps(namespace)
	made, err := maps.Create(ctx, &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{GenerateName: "m-", Labels: map[string]string{"a": "b"}},
		Data:       map[string]string{"v": "1"}, BinaryData: map[string][]byte{"x": {0, 1, 255}},
	}, metav1.CreateOptions{FieldValidation: "Strict"})
	must(err)
	stale := made.DeepCopy()
	made.Data["v"] = "2"
	made, err = maps.Update(ctx, made, metav1.UpdateOptions{})
	must(err)
	_, err = maps.Update(ctx, stale, metav1.UpdateOptions{})
	check(apierrors.IsConflict(err), err)
	must(retry.RetryOnConflict(retry.DefaultRetry, func() error {
		now, err := maps.Get(ctx, made.Name, metav1.GetOptions{})
		must(err)
		now.Data["w"] = "3"
		_, err = maps.Update(ctx, now, metav1.UpdateOptions{})
		return err
	}))
	all, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "a in (b)", Limit: 1})
	must(err)
	check(len(all.Items) == 1 && all.Items[0].Data["w"] == "3", all)
	check(bytes.Equal(all.Items[0].BinaryData["x"], []byte{0, 1, 255}), all)
	_, err = maps.Create(ctx, &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: "Bad_"}}, metav1.CreateOptions{})
	var status apierrors.APIStatus
	check(apierrors.IsInvalid(err) && errors.As(err, &status), err)
	check(status.Status().Details.Causes[0].Field == "metadata.name", status.Status())
}

func patch(ctx context.Context) {
	maps := client.CoreV1().ConfigMaps(namespace)
	_, err := maps.Create(ctx, &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: "p"}, Data: map[string]string{"v": "1"}}, metav1.CreateOptions{})
	must(err)
	for kind, body := range map[types.PatchType]string{
		types.JSONPatchType:           `[{"op": "add", "path": "/data/json", "value": "1"}]`,
		types.MergePatchType:          `{"data": {"merge": "1", "v": null}}`,
		types.StrategicMergePatchType: `{"data": {"strategic": "1"}}`,
	} {
		_, err := maps.Patch(ctx, "p", kind, []byte(body), metav1.PatchOptions{})
		must(err)
	}
	now, err := maps.Get(ctx, "p", metav1.GetOptions{})
	must(err)
	check(fmt.Sprint(now.Data) == "map[json:1 merge:1 strategic:1]", now.Data)
}

func apply(ctx context.Context) {
	deployments := client.AppsV1().Deployments(namespace)
	labels := map[string]string{"app": "web"}
	wanted := applyappsv1.Deployment("web", namespace).WithSpec(applyappsv1.DeploymentSpec().
		WithReplicas(0).
		WithSelector(applymetav1.LabelSelector().WithMatchLabels(labels)).
		WithTemplate(applycorev1.PodTemplateSpec().WithLabels(labels).
			WithSpec(applycorev1.PodSpec().WithContainers(
				applycorev1.Container().WithName("c").WithImage("nginx")))))
	_, err := deployments.Apply(ctx, wanted, metav1.ApplyOptions{FieldManager: "one"})
	must(err)
	_, err = deployments.Apply(ctx, applyappsv1.Deployment("web", namespace).
		WithSpec(applyappsv1.DeploymentSpec().WithReplicas(2)), metav1.ApplyOptions{FieldManager: "two"})
	check(apierrors.IsConflict(err), err)
	now, err := deployments.Apply(ctx, applyappsv1.Deployment("web", namespace).
		WithSpec(applyappsv1.DeploymentSpec().WithReplicas(2)),
		metav1.ApplyOptions{FieldManager: "two", Force: true})
	must(err)
	check(*now.Spec.Replicas == 2, now)
	mine, err := applyappsv1.ExtractDeployment(now, "one")
	must(err)
	check(mine.Spec.Replicas == nil && len(mine.Spec.Template.Spec.Containers) == 1, mine)
}

func anyKind(ctx context.Context) {
	any, err := dynamic.NewForConfig(config)
	must(err)
	deployments := any.Resource(schema.GroupVersionResource{
		Group: "apps", Version: "v1", Resource: "deployments"}).Namespace(namespace)
	web, err := deployments.Get(ctx, "web", metav1.GetOptions{})
	must(err)
	replicas, _, _ := unstructured.NestedInt64(web.Object, "spec", "replicas")
	check(replicas == 2, web)
	partial, err := metadata.NewForConfig(config)
	must(err)
	meta, err := partial.Resource(schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}).
		Namespace(namespace).List(ctx, metav1.ListOptions{})
	must(err)
	check(len(meta.Items) >= 2 && meta.Items[0].UID != "", meta) // and the root CA's, soon
}

func discover(ctx context.Context) {
	cached := memory.NewMemCacheClient(client.Discovery())
	_, all, err := cached.ServerGroupsAndResources()
	must(err)
	check(len(discovery.FilteredBy(discovery.SupportsAllVerbs{Verbs: []string{"list", "watch"}}, all)) > 15, len(all))
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(cached)
	mapping, err := mapper.RESTMapping(schema.GroupKind{Group: "apps", Kind: "Deployment"})
	must(err)
	kinds := scale.NewDiscoveryScaleKindResolver(client.Discovery())
	scales, err := scale.NewForConfig(config, mapper, dynamic.LegacyAPIPathResolverFunc, kinds)
	must(err)
	web := mapping.Resource.GroupResource()
	must(retry.RetryOnConflict(retry.DefaultRetry, func() error {
		is, err := scales.Scales(namespace).Get(ctx, web, "web", metav1.GetOptions{})
		must(err)
		is.Spec.Replicas = 1
		_, err = scales.Scales(namespace).Update(ctx, web, is, metav1.UpdateOptions{})
		return err
	}))
	is, err := scales.Scales(namespace).Get(ctx, web, "web", metav1.GetOptions{})
	must(err)
	check(is.Spec.Replicas == 1, is)
}

func describe(ctx context.Context) {
	documents := client.Discovery().OpenAPIV3()
	root := openapi3.NewRoot(documents)
	versions, err := root.GroupVersions()
	must(err)
	check(len(versions) > 20, versions)
	for _, version := range versions {
		spec, err := root.GVSpec(version)
		must(err)
		check(len(spec.Paths.Paths) > 0, version)
	}
	paths, err := documents.Paths()
	must(err)
	for path, at := range paths {
		text, err := at.Schema(runtime.ContentTypeJSON)
		must(err)
		wanted, err := openapi_v3.ParseDocument(text)
		must(err)
		message, err := at.Schema(openapi.ContentTypeOpenAPIV3PB)
		must(err)
		var is openapi_v3.Document
		must(proto.Unmarshal(message, &is))
		plainly(wanted.ProtoReflect())
		plainly(is.ProtoReflect())
		check(proto.Equal(wanted, &is), path)
	}
	old, err := client.Discovery().OpenAPISchema()
	must(err)
	check(len(old.Definitions.AdditionalProperties) > 500, len(old.Definitions.AdditionalProperties))
}

// Rewrites all YAML within a message, which can be the same and yet look different.
func plainly(message protoreflect.Message) {
	if free, ok := message.Interface().(*openapi_v3.Any); ok {
		var value any
		must(yaml.Unmarshal([]byte(free.Yaml), &value))
		text, err := yaml.Marshal(value)
		must(err)
		free.Yaml = string(text)
		return
	}
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Kind() != protoreflect.MessageKind:
		case field.IsList():
			for i := range value.List().Len() {
				plainly(value.List().Get(i).Message())
			}
		default:
			plainly(value.Message())
		}
		return true
	})
}

// Watch-lists: the first state comes as events, too. In both encodings.
func inform(ctx context.Context) {
	for _, client := range []*kubernetes.Clientset{client, plain} {
		informWith(ctx, client)
	}
}

func informWith(ctx context.Context, client *kubernetes.Clientset) {
	running, stop := context.WithCancel(ctx)
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(namespace))
	pods := factory.Core().V1().Pods()
	maps := factory.Core().V1().ConfigMaps().Lister()
	heard := make(chan string, 100)
	_, err := pods.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		UpdateFunc: func(_, now any) {
			if now.(*corev1.Pod).Status.Phase == corev1.PodRunning && now.(*corev1.Pod).Name == "informed" {
				heard <- "running"
			}
		},
		DeleteFunc: func(any) { heard <- "deleted" },
	})
	must(err)
	factory.Start(running.Done())
	for kind, synced := range factory.WaitForCacheSync(running.Done()) {
		check(synced, kind)
	}
	known, err := maps.ConfigMaps(namespace).Get("p")
	must(err)
	check(known.Data["merge"] == "1", known)
	run(ctx, "informed")
	await(ctx, heard, "running")
	now := int64(0)
	must(client.CoreV1().Pods(namespace).Delete(ctx, "informed", metav1.DeleteOptions{GracePeriodSeconds: &now}))
	await(ctx, heard, "deleted")
	stop()
	factory.Shutdown()
}

func run(ctx context.Context, name string) *corev1.Pod {
	pod, err := client.CoreV1().Pods(namespace).Create(ctx, &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "c", Image: "nginx"}}},
	}, metav1.CreateOptions{})
	must(err)
	return pod
}

func await(ctx context.Context, heard <-chan string, wanted string) {
	for {
		select {
		case what := <-heard:
			if what == wanted {
				return
			}
		case <-ctx.Done():
			panic("not heard: " + wanted)
		}
	}
}

func follow(ctx context.Context) {
	maps := client.CoreV1().ConfigMaps(namespace)
	before, err := maps.List(ctx, metav1.ListOptions{})
	must(err)
	going, err := watchtools.NewRetryWatcherWithContext(ctx, before.ResourceVersion, &cache.ListWatch{
		WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			options.FieldSelector = "metadata.name=followed"
			return maps.Watch(ctx, options)
		}})
	must(err)
	_, err = maps.Create(ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "followed"}}, metav1.CreateOptions{})
	must(err)
	must(maps.Delete(ctx, "followed", metav1.DeleteOptions{}))
	check((<-going.ResultChan()).Type == watch.Added, "no ADDED")
	check((<-going.ResultChan()).Type == watch.Deleted, "no DELETED")
	going.Stop()
}

// A lock that tells of its renewals, so that one who stops after one does not stop amid one.
type heardLock struct {
	resourcelock.Interface
	renewed func()
}

func (lock heardLock) Update(ctx context.Context, record resourcelock.LeaderElectionRecord) error {
	err := lock.Interface.Update(ctx, record)
	if err == nil {
		lock.renewed()
	}
	return err
}

func elect(ctx context.Context) {
	leading, stop := context.WithCancel(ctx)
	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "leader",
		client.CoreV1(), client.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: "me"})
	must(err)
	leaderelection.RunOrDie(leading, leaderelection.LeaderElectionConfig{
		Lock: heardLock{lock, stop}, LeaseDuration: 3 * time.Second, RenewDeadline: 2 * time.Second,
		RetryPeriod: 500 * time.Millisecond, ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(context.Context) {},
			OnStoppedLeading: func() {},
		},
	})
	lease, err := client.CoordinationV1().Leases(namespace).Get(ctx, "leader", metav1.GetOptions{})
	must(err)
	check(lease.Spec.HolderIdentity == nil || *lease.Spec.HolderIdentity == "", lease)
}

func record(ctx context.Context) {
	recording, stop := context.WithCancel(ctx)
	defer stop()
	broadcaster := events.NewBroadcaster(&events.EventSinkImpl{Interface: plain.EventsV1()})
	must(broadcaster.StartRecordingToSinkWithContext(recording))
	recorder := broadcaster.NewRecorder(scheme.Scheme, "go-client")
	about, err := client.CoreV1().ConfigMaps(namespace).Get(ctx, "p", metav1.GetOptions{})
	must(err)
	for range 2 {
		recorder.Eventf(about, nil, corev1.EventTypeNormal, "Tested", "Testing", "saw %s", about.Name)
	}
	must(wait.PollUntilContextCancel(ctx, 50*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		found, err := client.CoreV1().Events(namespace).List(ctx,
			metav1.ListOptions{FieldSelector: "reason=Tested,involvedObject.name=p"})
		if err != nil || len(found.Items) != 1 {
			return false, err
		}
		event := found.Items[0]
		check(event.Message == "saw p" && event.ReportingController == "go-client", event)
		return event.Series != nil && event.Series.Count == 2, nil
	}))
	broadcaster.Shutdown()
}

func evict(ctx context.Context) {
	pod := run(ctx, "evicted")
	running := func(event watch.Event) (bool, error) {
		return event.Object.(*corev1.Pod).Status.Phase == corev1.PodRunning, nil
	}
	gone := func(event watch.Event) (bool, error) { return event.Type == watch.Deleted, nil }
	it := cache.NewListWatchFromClient(client.CoreV1().RESTClient(), "pods", namespace,
		fields.OneTermEqualSelector("metadata.name", pod.Name))
	_, err := watchtools.Until(ctx, pod.ResourceVersion, it, running)
	must(err)
	stranger := types.UID("another")
	err = client.PolicyV1().Evictions(namespace).Evict(ctx, &policyv1.Eviction{
		ObjectMeta:    metav1.ObjectMeta{Name: pod.Name, Namespace: namespace},
		DeleteOptions: &metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &stranger}}})
	check(apierrors.IsConflict(err), err)
	must(client.PolicyV1().Evictions(namespace).Evict(ctx, &policyv1.Eviction{
		ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: namespace}}))
	_, err = watchtools.Until(ctx, pod.ResourceVersion, it, gone)
	must(err)
}

func authority(ctx context.Context) {
	seconds := int64(600)
	_, err := client.CoreV1().ServiceAccounts(namespace).Create(ctx,
		&corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "robot"}}, metav1.CreateOptions{})
	must(err)
	token, err := client.CoreV1().ServiceAccounts(namespace).CreateToken(ctx, "robot",
		&authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{ExpirationSeconds: &seconds}},
		metav1.CreateOptions{})
	must(err)
	robot := rest.AnonymousClientConfig(config)
	robot.BearerToken = token.Status.Token
	its, err := kubernetes.NewForConfig(robot)
	must(err)
	_, err = its.CoreV1().Secrets(namespace).List(ctx, metav1.ListOptions{})
	check(apierrors.IsForbidden(err), err)
	review, err := its.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx,
		&authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
			ResourceAttributes: &authorizationv1.ResourceAttributes{Verb: "list", Resource: "secrets"}}},
		metav1.CreateOptions{})
	must(err)
	check(!review.Status.Allowed, review)
	robot.Impersonate = rest.ImpersonationConfig{UserName: "somebody"}
	its, err = kubernetes.NewForConfig(robot)
	must(err)
	_, err = its.CoreV1().Secrets(namespace).List(ctx, metav1.ListOptions{})
	check(apierrors.IsForbidden(err), err)
}

func logs(ctx context.Context) {
	stream, err := client.CoreV1().Pods("default").GetLogs("box", &corev1.PodLogOptions{}).Stream(ctx)
	must(err)
	text, err := io.ReadAll(stream)
	must(err)
	check(bytes.Contains(text, []byte("start worker")), string(text))
}

func execute(ctx context.Context) {
	request := client.CoreV1().RESTClient().Post().Resource("pods").Namespace("default").Name("box").
		SubResource("exec").VersionedParams(&corev1.PodExecOptions{
		Command: []string{"sh", "-c", "read x; echo got $x; echo oops >&2; exit 5"},
		Stdin:   true, Stdout: true, Stderr: true}, scheme.ParameterCodec)
	sockets, err := remotecommand.NewWebSocketExecutor(config, "GET", request.URL().String())
	must(err)
	streams, err := remotecommand.NewSPDYExecutor(config, "POST", request.URL())
	must(err)
	for _, executor := range []remotecommand.Executor{sockets, streams} {
		var out, err bytes.Buffer
		end := executor.StreamWithContext(ctx, remotecommand.StreamOptions{
			Stdin: bytes.NewBufferString("this\n"), Stdout: &out, Stderr: &err})
		check(end != nil && end.Error() == "command terminated with exit code 5", end)
		check(out.String() == "got this\n" && err.String() == "oops\n", out.String(), err.String())
	}
}

func forward(ctx context.Context) {
	transport, upgrader, err := spdy.RoundTripperFor(config)
	must(err)
	url := client.CoreV1().RESTClient().Post().Resource("pods").Namespace("default").Name("box").
		SubResource("portforward").URL()
	dialer := spdy.NewDialer(upgrader, &http.Client{Transport: transport}, "POST", url)
	sockets, err := portforward.NewSPDYOverWebsocketDialer(url, config)
	must(err)
	for _, way := range []httpstream.Dialer{dialer, sockets} {
		stop, ready := make(chan struct{}), make(chan struct{})
		forwarder, err := portforward.New(way, []string{"0:80"}, stop, ready, io.Discard, io.Discard)
		must(err)
		ended := make(chan error)
		go func() { ended <- forwarder.ForwardPorts() }()
		select {
		case <-ready:
		case err := <-ended:
			panic(err)
		}
		ports, err := forwarder.GetPorts()
		must(err)
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/", ports[0].Local))
		must(err)
		text, err := io.ReadAll(answer.Body)
		must(err)
		check(bytes.Contains(text, []byte("Welcome to nginx!")), string(text))
		close(stop)
		must(<-ended)
	}
}

func remove(ctx context.Context) {
	foreground := metav1.DeletePropagationForeground
	must(client.AppsV1().Deployments(namespace).Delete(ctx, "web",
		metav1.DeleteOptions{PropagationPolicy: &foreground}))
	must(client.CoreV1().ConfigMaps(namespace).DeleteCollection(ctx, metav1.DeleteOptions{},
		metav1.ListOptions{LabelSelector: "a=b"}))
	must(client.CoreV1().Namespaces().Delete(ctx, namespace, metav1.DeleteOptions{}))
	_, err := client.CoreV1().Pods(namespace).Get(ctx, "nobody", metav1.GetOptions{})
	check(apierrors.IsNotFound(err), err)
}
