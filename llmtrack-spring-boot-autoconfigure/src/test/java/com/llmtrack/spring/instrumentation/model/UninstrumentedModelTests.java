// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

import org.springframework.ai.audio.transcription.TranscriptionModel;
import org.springframework.ai.audio.tts.TextToSpeechModel;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.DocumentEmbeddingModel;
import org.springframework.ai.embedding.DocumentEmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.StreamingModel;
import org.springframework.ai.model.openai.autoconfigure.OpenAiAudioSpeechAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiAudioTranscriptionAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiEmbeddingAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiImageAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiModerationAutoConfiguration;
import org.springframework.ai.moderation.ModerationModel;
import org.springframework.ai.openai.OpenAiAudioTranscriptionModel;
import org.springframework.ai.openai.OpenAiImageModel;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests what is said of models that give no events, because they are neither chat nor
 * embedding models, or because embeddings are off.
 */
@ExtendWith(OutputCaptureExtension.class)
class UninstrumentedModelTests {

	static final String UNSUPPORTED = "not at all, as it is neither a ChatModel nor an EmbeddingModel";

	static final String LINE = ": only chat and embedding models are instrumented. Record such requests with "
			+ "LlmUsageRecorder.";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner small = SmallApplications.recording(this.events);

	private final ApplicationContextRunner openAi = SmallApplications.recording(this.events, servers)
		.withConfiguration(AutoConfigurations.of(OpenAiEmbeddingAutoConfiguration.class,
				OpenAiImageAutoConfiguration.class, OpenAiAudioSpeechAutoConfiguration.class,
				OpenAiAudioTranscriptionAutoConfiguration.class, OpenAiModerationAutoConfiguration.class));

	static List<InstrumentedModel> models(ConfigurableBeanFactory beanFactory) {
		return beanFactory.getBean(InstrumentedModels.class).uninstrumentedModels();
	}

	static void run(ApplicationContextRunner runner, Consumer<ConfigurableBeanFactory> assertions) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertions.accept(context.getBeanFactory());
		});
	}

	@Test
	void everyModelOfOpenAiIsListed(CapturedOutput output) {
		run(this.openAi, (beanFactory) -> {
			assertThat(beanFactory.getBean(InstrumentedModels.class).instrumentedModels())
				.extracting(InstrumentedModel::bean)
				.containsExactly("openAiChatModel");
			assertThat(models(beanFactory)).extracting(InstrumentedModel::bean, InstrumentedModel::mode)
				.containsExactly(tuple("openAiEmbeddingModel", "not at all, as embeddings are off"),
						tuple("openAiImageModel", UNSUPPORTED), tuple("openAiSdkAudioSpeechModel", UNSUPPORTED),
						tuple("openAiSdkAudioTranscriptionModel", UNSUPPORTED),
						tuple("openAiSdkModerationModel", UNSUPPORTED));
			assertThat(models(beanFactory)).noneMatch(InstrumentedModel::instrumented);
		});
		assertThat(output).contains("LLMtrack instruments 1 model bean and ").doesNotContain("No instrumentation for");
	}

	@Test
	void modelsThatTheApplicationUsesAreNamedAtStart(CapturedOutput output) {
		run(this.openAi.withUserConfiguration(ImageUser.class), (beanFactory) -> {
		});
		assertThat(output).contains("LLMtrack instruments 1 model bean and ")
			.containsOnlyOnce("No instrumentation for 'openAiImageModel'" + LINE)
			.doesNotContain(" WARN ", " ERROR ");
	}

	@Test
	void everyKindOfModelIsNamedAtStart(CapturedOutput output) {
		run(this.openAi.withUserConfiguration(UserOfAll.class), (beanFactory) -> {
		});
		assertThat(output).containsOnlyOnce("No instrumentation for 'openAiImageModel', 'openAiSdkAudioSpeechModel', "
				+ "'openAiSdkAudioTranscriptionModel', 'openAiSdkModerationModel'" + LINE);
	}

	@Test
	void numberOfNamesIsBounded(CapturedOutput output) {
		ApplicationContextRunner runner = this.small;
		for (int i = 1; i <= 6; i++) {
			runner = runner.withBean("image" + i, ImageModel.class, OwnImageModel::new);
		}
		run(runner.withUserConfiguration(UserOfMany.class),
				(beanFactory) -> assertThat(models(beanFactory)).hasSize(6));
		assertThat(output).contains("No instrumentation for 'image1', 'image2', 'image3', 'image4' and 2 more" + LINE);
	}

	@Test
	void embeddingModelsThatAreInstrumentedAreNotListed() {
		run(this.openAi.withPropertyValues("llmtrack.instrumentation.embeddings=true"), (beanFactory) -> {
			assertThat(beanFactory.getBean(InstrumentedModels.class).instrumentedModels())
				.extracting(InstrumentedModel::bean)
				.containsExactly("openAiChatModel", "openAiEmbeddingModel");
			assertThat(models(beanFactory)).extracting(InstrumentedModel::bean)
				.doesNotContain("openAiEmbeddingModel")
				.hasSize(4);
		});
	}

	@Test
	void excludedModelIsListedAndNotNamedAtStart(CapturedOutput output) {
		run(this.openAi.withUserConfiguration(ImageUser.class)
			.withPropertyValues("llmtrack.instrumentation.exclude-beans=*ImageModel,*Embedding*"),
				(beanFactory) -> assertThat(models(beanFactory))
					.filteredOn((model) -> model.mode().equals("not at all, as it is excluded"))
					.extracting(InstrumentedModel::bean)
					.containsExactly("openAiEmbeddingModel", "openAiImageModel"));
		assertThat(output).doesNotContain("No instrumentation for");
	}

	@Test
	void nothingIsSaidWhereModelBeansAreNotInstrumented(CapturedOutput output) {
		run(this.openAi.withUserConfiguration(ImageUser.class)
			.withPropertyValues("llmtrack.instrumentation.enabled=false"),
				(beanFactory) -> assertThat(models(beanFactory)).isEmpty());
		run(this.openAi.withUserConfiguration(ImageUser.class).withPropertyValues("llmtrack.enabled=false"),
				(beanFactory) -> assertThat(models(beanFactory)).isEmpty());
		assertThat(output).doesNotContain("No instrumentation for");
	}

	@Test
	void modelIsNamedInAnApplicationThatWasProcessedAheadOfTime(CapturedOutput output) {
		AheadOfTime application = AheadOfTime.processed(ProcessedApplication.class);
		assertThat(output).doesNotContain("No instrumentation for");
		try (ConfigurableApplicationContext context = application.run("llmtrack.api-key=llmtrack-key",
				"llmtrack.base-url=http://127.0.0.1:1")) {
			assertThat(models(context.getBeanFactory())).extracting(InstrumentedModel::bean)
				.containsExactly("unused", "used");
		}
		assertThat(output).containsOnlyOnce("No instrumentation for 'used'" + LINE);
	}

	@Test
	void anyModelIsListedWhateverItIsFor() {
		run(this.small.withBean("document", DocumentEmbeddingModel.class, UninstrumentedModelTests::documentModel)
			.withBean("streaming", StreamingModel.class, UninstrumentedModelTests::streamingModel)
			.withBean("own", Model.class, OwnModels::new),
				(beanFactory) -> assertThat(models(beanFactory)).extracting(InstrumentedModel::bean)
					.containsExactly("document", "own", "streaming"));
	}

	private static DocumentEmbeddingModel documentModel() {
		return new DocumentEmbeddingModel() {

			@Override
			public EmbeddingResponse call(DocumentEmbeddingRequest request) {
				return new EmbeddingResponse(List.of());
			}

			@Override
			public int dimensions() {
				return 1;
			}

		};
	}

	private static StreamingModel<EmbeddingRequest, EmbeddingResponse> streamingModel() {
		return (request) -> Flux.empty();
	}

	@Test
	void modelThatRunsInsideTheApplicationIsNotListed() {
		Class<? extends EmbeddingModel> local = new ByteBuddy().subclass(OwnEmbeddingModel.class)
			.name("org.springframework.ai.transformers.SomeEmbeddingModel")
			.make()
			.load(getClass().getClassLoader())
			.getLoaded();
		run(this.small.withBean("remote", OwnEmbeddingModel.class).withBean("local", local),
				(beanFactory) -> assertThat(models(beanFactory)).extracting(InstrumentedModel::bean)
					.containsExactly("remote"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class ProcessedApplication {

		@Bean
		ImageModel used() {
			return new OwnImageModel();
		}

		@Bean
		ImageModel unused() {
			return new OwnImageModel();
		}

		@Bean
		String user(@Qualifier("used") ImageModel model) {
			return model.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ImageUser {

		@Bean
		String user(OpenAiImageModel model) {
			return model.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserOfAll {

		@Bean
		List<Object> user(ImageModel image, TextToSpeechModel speech, ModerationModel moderation,
				OpenAiAudioTranscriptionModel transcription) {
			assertThat(transcription).isInstanceOf(TranscriptionModel.class);
			return List.of(image, speech, moderation, transcription);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserOfMany {

		@Bean
		String user(Map<String, ImageModel> models) {
			return models.toString();
		}

	}

	static class OwnModels implements Model<EmbeddingRequest, EmbeddingResponse> {

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return new EmbeddingResponse(List.of());
		}

	}

	public static class OwnEmbeddingModel implements EmbeddingModel {

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return new EmbeddingResponse(List.of());
		}

		@Override
		public float[] embed(Document document) {
			return new float[1];
		}

	}

	static class OwnImageModel implements ImageModel {

		@Override
		public ImageResponse call(ImagePrompt request) {
			return new ImageResponse(List.of(new ImageGeneration(new Image("https://example.com/image.png", null))));
		}

	}

}
