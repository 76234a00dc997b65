// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.instrumentation.model.InstrumentedModel;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.audio.tts.TextToSpeechModel;
import org.springframework.ai.image.ImageModel;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models of Spring AI 1.1 that are neither chat nor embedding models are said
 * to give no events.
 */
@ExtendWith(OutputCaptureExtension.class)
class UninstrumentedModelTests {

	@Test
	void modelsInUseAreNamedAndAllAreListed(CapturedOutput output) {
		try (OldLine application = OldLine.start(Media.class)) {
			assertThat(application.bean(InstrumentedModels.class).uninstrumentedModels())
				.allMatch((model) -> !model.instrumented())
				.extracting(InstrumentedModel::bean)
				.containsExactly("ollamaEmbeddingModel", "openAiAudioSpeechModel", "openAiAudioTranscriptionModel",
						"openAiEmbeddingModel", "openAiImageModel", "openAiModerationModel");
		}
		assertThat(output).contains("LLMtrack instruments 3 model beans and ")
			.containsOnlyOnce(
					"No instrumentation for 'openAiAudioSpeechModel', 'openAiImageModel': only chat and embedding "
							+ "models are instrumented.");
	}

	record Media(ImageModel images, TextToSpeechModel speech) {
	}

}
