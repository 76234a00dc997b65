// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the configuration metadata that IDEs show.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read("/META-INF/spring-configuration-metadata.json");

	private static JsonNode read(String resource) {
		try (InputStream stream = ConfigurationMetadataTests.class.getResourceAsStream(resource)) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<JsonNode> entries(String section) {
		return StreamSupport.stream(this.metadata.get(section).spliterator(), false).toList();
	}

	private List<JsonNode> properties() {
		return entries("properties").stream()
			.filter((property) -> property.get("name").asString().startsWith("llmtrack."))
			.toList();
	}

	@Test
	void everyPropertyIsOurs() {
		assertThat(entries("properties")).extracting((property) -> property.get("name").asString())
			.isNotEmpty()
			// Boot's processor adds those that each endpoint has
			.allMatch((name) -> name.startsWith("llmtrack.") || name.startsWith("management.endpoint.llmtrack.")
					|| name.matches("management\\.(health|info)\\.llmtrack\\.enabled"));
	}

	@Test
	void everyPropertyIsTyped() {
		assertThat(properties()).allSatisfy((property) -> assertThat(property.path("type").asString("")).isNotBlank());
	}

	@Test
	void everyPropertyIsDescribedAsSpringBootDescribesItsOwn() {
		assertThat(properties()).allSatisfy((property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(property.get("name").asString()).matches("(?s)[A-Z].*\\.");
			assertThat(description).doesNotStartWith("The ").doesNotStartWith("A ");
			if (property.get("type").asString().equals("java.lang.Boolean")) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	@Test
	void noPropertyIsThereTwice() {
		assertThat(properties()).extracting((property) -> property.get("name").asString()).doesNotHaveDuplicates();
	}

	@Test
	void everyEnumerationHasHintsForAllOfItsValues() {
		List<String> checked = new ArrayList<>();
		for (JsonNode property : properties()) {
			String typeName = property.get("type").asString().replaceFirst("<.*", "");
			Class<?> type = ClassUtils.resolveClassName(typeName, null);
			if (type.isEnum()) {
				checked.add(property.get("name").asString());
				assertThat(hints(property.get("name").asString()))
					.containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
						.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
						.toList());
			}
		}
		assertThat(checked).contains("llmtrack.auth-scheme", "llmtrack.event.model-name");
	}

	@Test
	void everyHintBelongsToAProperty() {
		assertThat(entries("hints"))
			.extracting((hint) -> hint.get("name").asString().replaceFirst("[.](keys|values)$", ""))
			.isSubsetOf(properties().stream().map((property) -> property.get("name").asString()).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.instrumentation.exclude-beans", "llmtrack.providers.keys" })
	void namesOfModelBeansAreHinted(String property) {
		assertThat(entries("hints")).filteredOn((hint) -> hint.get("name").asString().equals(property))
			.singleElement()
			.satisfies((hint) -> {
				assertThat(hint.at("/providers/0/name").asString()).isEqualTo("spring-bean-reference");
				assertThat(ClassUtils.resolveClassName(hint.at("/providers/0/parameters/target").asString(), null))
					.isAssignableFrom(ChatModel.class)
					.isAssignableFrom(EmbeddingModel.class);
			});
	}

	@Test
	void namesOfDataSourcesAreHinted() {
		assertThat(entries("hints")).filteredOn((hint) -> hint.get("name").asString().equals("llmtrack.spool.jdbc"))
			.singleElement()
			.satisfies((hint) -> assertThat(
					ClassUtils.resolveClassName(hint.at("/providers/0/parameters/target").asString(), null))
				.isEqualTo(DataSource.class));
	}

	@Test
	void providersThatSpeakOpenAisLanguageAreHinted() {
		assertThat(hints("llmtrack.providers.values")).isSorted().contains("groq", "openrouter", "xai");
	}

	@Test
	void ourOwnHintsAreSorted() {
		JsonNode additional = read("/META-INF/additional-spring-configuration-metadata.json");
		assertThat(StreamSupport.stream(additional.get("hints").spliterator(), false)
			.map((hint) -> hint.get("name").asString())).isSorted();
	}

	private List<String> hints(String property) {
		return entries("hints").stream()
			.filter((hint) -> hint.get("name").asString().equals(property))
			.flatMap((hint) -> StreamSupport.stream(hint.get("values").spliterator(), false))
			.map((value) -> value.get("value").asString())
			.toList();
	}

}
