// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.CostEstimates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceLists}.
 */
class PriceListsTests {

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void emptyLocationIsNone(String location) {
		assertThat(PriceLists.isLocation(location)).isTrue();
		assertThat(PriceLists.create(location, null)).isNull();
	}

	@Test
	void listIsOnTheClassPath() throws Exception {
		assertEstimates("classpath:prices/models-dev.json");
		assertEstimates(" classpath:/prices/litellm.json ");
	}

	@Test
	void listIsAFile(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("my prices.json");
		Files.write(file, new ClassPathResource("prices/litellm.json").getContentAsByteArray());
		assertEstimates("file:" + file);
		assertEstimates(file.toUri().toString());
	}

	private static void assertEstimates(String location) throws InterruptedException {
		assertThat(PriceLists.isLocation(location)).isTrue();
		CostEstimates list = PriceLists.create(location, PriceListsTests.class.getClassLoader());
		assertThat(list).isNotNull();
		CountDownLatch loaded = new CountDownLatch(1);
		list.whenReady(loaded::countDown);
		assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(list.estimate(LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o")
			.tokens(LlmTokenUsage.of(1_000_000L, 0L, null))
			.build())).isEqualByComparingTo("2.5");
	}

}
