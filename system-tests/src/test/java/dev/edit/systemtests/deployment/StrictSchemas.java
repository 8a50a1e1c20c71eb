package dev.edit.systemtests.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what is wrong with a manifest, as its API would: a field that the kind does not have, a
 * value of the wrong type, a field that is missing.
 *
 * <ul>
 *   <li>Kubernetes' own kinds: the classes that its Java client generates from the OpenAPI
 *       description (1.34); they know every field and which ones are required.
 *   <li>Strimzi's and the Prometheus operator's kinds: their Java APIs, read without the escape for
 *       unknown fields.
 *   <li>Our own kind: its CustomResourceDefinition, in which unknown fields are faults.
 *   <li>KEDA's and Kueue's kinds have no artifact on Maven Central: JSON Schemas of this test, of
 *       the fields that the manifests use and no others.
 * </ul>
 */
final class StrictSchemas {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new WithoutAnySetter())
          .build();

  private static final Map<String, Class<?>> BY_CLASS =
      Map.of(
          "kafka.strimzi.io/v1 Kafka", Kafka.class,
          "kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class,
          "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
          "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
          "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

  private static final Map<String, String> BY_SCHEMA =
      Map.of(
          "keda.sh/v1alpha1 ScaledObject", "scaledobject",
          "kueue.x-k8s.io/v1beta1 ClusterQueue", "clusterqueue",
          "kueue.x-k8s.io/v1beta1 LocalQueue", "localqueue",
          "kueue.x-k8s.io/v1beta1 ResourceFlavor", "resourceflavor");

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private StrictSchemas() {}

  /** Empty where the manifest is valid. */
  static Optional<String> fault(Manifest manifest) {
    String type = manifest.apiVersion() + " " + manifest.kind();
    if (BY_CLASS.containsKey(type)) {
      return ofClass(BY_CLASS.get(type), manifest.node());
    }
    if (BY_SCHEMA.containsKey(type)) {
      return ofSchema(BY_SCHEMA.get(type), manifest.node());
    }
    return type.equals("edit.dev/v1alpha1 DistillationRun")
        ? ofOurs(manifest)
        : ofKubernetes(manifest);
  }

  private static Optional<String> ofOurs(Manifest manifest) {
    JsonNode schema =
        Manifest.read(Checkout.K8S.resolve("crds/distillationruns.yaml"))
            .get(0)
            .node()
            .at("/spec/versions/0/schema/openAPIV3Schema")
            .deepCopy();
    close(schema);
    return faults(SCHEMAS.getSchema(schema).validate(manifest.node()));
  }

  /** Takes fields that are not declared for faults, as a strict API does. */
  private static void close(JsonNode schema) {
    schema.forEach(StrictSchemas::close);
    if (schema.path("properties").isObject() && schema.path("type").isTextual()) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  private static Optional<String> ofClass(Class<?> type, JsonNode node) {
    try {
      STRICT.treeToValue(node, type);
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    }
  }

  private static Optional<String> ofSchema(String name, JsonNode node) {
    InputStream schema = StrictSchemas.class.getResourceAsStream("/schemas/" + name + ".json");
    return faults(SCHEMAS.getSchema(schema).validate(node));
  }

  private static Optional<String> faults(Set<ValidationMessage> found) {
    List<String> messages = found.stream().map(ValidationMessage::getMessage).toList();
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
  }

  private static Optional<String> ofKubernetes(Manifest manifest) {
    String[] groupAndVersion = manifest.apiVersion().split("/");
    String version = groupAndVersion[groupAndVersion.length - 1];
    String model =
        "io.kubernetes.client.openapi.models."
            + version.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + version.substring(1)
            + manifest.kind();
    try {
      Class.forName(model)
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, JsonParser.parseString(manifest.node().toString()));
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(e.getCause().getMessage());
    } catch (ReflectiveOperationException e) {
      return Optional.of("no schema of " + manifest.apiVersion() + " " + manifest.kind());
    }
  }

  private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }
}
