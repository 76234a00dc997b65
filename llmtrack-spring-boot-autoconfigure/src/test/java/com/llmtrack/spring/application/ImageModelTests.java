// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.model.openai.autoconfigure.OpenAiImageAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests an application with an image model: its requests give no events, which the log
 * says, and one event each if they are recorded by hand.
 */
class ImageModelTests extends AbstractApplicationTests {

	private static void run(Class<?> user, Consumer<ConfigurableApplicationContext> requests, String... properties) {
		try (ConfigurableApplicationContext context = start((beans) -> register(beans, user), properties)) {
			requests.accept(context);
		}
	}

	private static void register(GenericApplicationContext context, Class<?> user) {
		context.registerBean(OpenAiImageAutoConfiguration.class);
		context.registerBean(user);
	}

	private static void imagesSucceed() {
		servers.openAiImages()
			.answers(WireMock.okJson("{\"created\":1741569952,\"data\":[{\"b64_json\":\"aGVsbG8=\"}],"
					+ "\"usage\":{\"input_tokens\":9,\"output_tokens\":40,\"total_tokens\":49,"
					+ "\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":9}}}"));
	}

	@Test
	void requestGivesNoEventAndTheLogSaysSo(CapturedOutput output) {
		imagesSucceed();
		run(Sketches.class, (context) -> {
			context.getBean(Sketches.class).model.call(new ImagePrompt("a lighthouse"));
			call(context);
			assertThat(servers.awaitEvent().at("/model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
		});
		assertThat(output)
			.contains("LLMtrack instruments 1 model bean and ", "No instrumentation for 'openAiImageModel': ")
			.doesNotContain(" WARN ", " ERROR ");
	}

	@Test
	void requestThatIsRecordedByHandGivesOneEvent(CapturedOutput output) {
		imagesSucceed();
		run(Illustrations.class, (context) -> {
			assertThat(context.getBean(Illustrations.class).draw("a lighthouse").getResults()).hasSize(1);
			JsonNode event = servers.awaitEvent();
			assertThat(event.at("/provider").asString()).isEqualTo("openai");
			assertThat(event.at("/model").asString()).isEqualTo("gpt-image-1");
			assertThat(event.at("/total_tokens").isNull()).isTrue();
			assertThat(event.has("cost")).isFalse();
			assertThat(event.at("/latency_ms").isIntegralNumber()).isTrue();
			assertThat(event.at("/status").asString()).isEqualTo("success");
			assertThat(event.at("/metadata/feature").asString()).isEqualTo("illustration");
		}, "llmtrack.instrumentation.exclude-beans=openAiImageModel");
		assertThat(output).doesNotContain("No instrumentation for");
	}

	@Test
	void requestThatFailsIsAnError() {
		servers.openAiImages().answers(WireMock.jsonResponse("{\"error\":{\"message\":\"No\"}}", 400));
		run(Illustrations.class, (context) -> {
			assertThatException().isThrownBy(() -> context.getBean(Illustrations.class).draw("a lighthouse"));
			assertThat(servers.awaitEvent().at("/status").asString()).isEqualTo("error");
		});
	}

	static class Sketches {

		private final ImageModel model;

		Sketches(ImageModel model) {
			this.model = model;
		}

	}

	/**
	 * Records its requests as the documentation shows.
	 */
	static class Illustrations {

		private final ImageModel imageModel;

		private final LlmUsageRecorder usageRecorder;

		Illustrations(ImageModel imageModel, LlmUsageRecorder usageRecorder) {
			this.imageModel = imageModel;
			this.usageRecorder = usageRecorder;
		}

		@LlmFeature("illustration")
		ImageResponse draw(String subject) {
			LlmRequestRecording request = this.usageRecorder.begin("openai", "gpt-image-1");
			try {
				return this.imageModel.call(new ImagePrompt(subject));
			}
			catch (RuntimeException ex) {
				request.failed(ex);
				throw ex;
			}
			finally {
				request.record();
			}
		}

	}

}
