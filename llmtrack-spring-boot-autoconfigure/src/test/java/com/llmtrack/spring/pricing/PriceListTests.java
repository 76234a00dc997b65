// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceList}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PriceListTests {

	private static final LlmUsageEvent EVENT = event("openai", "gpt-4o");

	private static LlmUsageEvent event(String provider, String model) {
		return LlmUsageEvent.builder()
			.provider(provider)
			.model(model)
			.tokens(LlmTokenUsage.of(1_000_000L, 0L, null))
			.build();
	}

	@Test
	void estimatesCosts() throws Exception {
		PriceList list = loaded(new ClassPathResource("prices/models-dev.json"));
		assertThat(list.calculate(EVENT)).isEqualByComparingTo("2.5");
		assertThat(list.calculate(EVENT)).isEqualByComparingTo("2.5");
		assertThat(list.calculate(event("azure", "gpt-4o"))).isEqualByComparingTo("2.75");
		assertThat(list.calculate(event("openai", "other"))).isNull();
	}

	@Test
	void remembersABoundedNumberOfModels() throws Exception {
		PriceList list = loaded(new ClassPathResource("prices/litellm.json"));
		for (int i = 0; i < 2_000; i++) {
			assertThat(list.calculate(event("openai", "gpt-4o-" + (1000 + i)))).isEqualByComparingTo("2.5");
		}
		assertThat(list).extracting("found").asInstanceOf(InstanceOfAssertFactories.MAP).hasSize(1_000);
	}

	@Test
	void isReadOnceOnAThreadOfItsOwnWhileNobodyWaits() throws Exception {
		CountDownLatch mayRead = new CountDownLatch(1);
		AtomicInteger reads = new AtomicInteger();
		byte[] json = new ClassPathResource("prices/models-dev.json").getContentAsByteArray();
		PriceList list = new PriceList(new AbstractResource() {

			@Override
			public InputStream getInputStream() throws IOException {
				reads.incrementAndGet();
				await(mayRead);
				return new ByteArrayInputStream(json);
			}

			@Override
			public String getDescription() {
				return "slow";
			}

		}, "file:slow.json");
		assertThat(reads).hasValue(0);
		CountDownLatch loaded = new CountDownLatch(2);
		assertThat(list.calculate(EVENT)).isNull();
		list.whenLoaded(loaded::countDown);
		list.whenLoaded(loaded::countDown);
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(loaded.getCount()).isEqualTo(2);
		mayRead.countDown();
		await(loaded);
		assertThat(list.calculate(EVENT)).isEqualByComparingTo("2.5");
		assertThat(reads).hasValue(1);
	}

	@Test
	void actionsRunInOrderAndOnlySoManyWait() throws Exception {
		CountDownLatch mayRead = new CountDownLatch(1);
		byte[] json = new ClassPathResource("prices/models-dev.json").getContentAsByteArray();
		PriceList list = new PriceList(new ByteArrayResource(json) {

			@Override
			public InputStream getInputStream() throws IOException {
				await(mayRead);
				return super.getInputStream();
			}

		}, "file:slow.json");
		List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
		for (int i = 0; i < 10_000; i++) {
			int number = i;
			assertThat(list.whenLoaded(() -> ran.add(number))).isTrue();
		}
		assertThat(list.whenLoaded(() -> ran.add(10_000))).isFalse();
		mayRead.countDown();
		CountDownLatch last = new CountDownLatch(1);
		Awaitility.await().until(() -> list.whenLoaded(last::countDown));
		await(last);
		assertThat(ran).hasSize(10_000).isSorted();
	}

	@Test
	void missingListIsOneWarning(@TempDir Path directory, CapturedOutput output) throws Exception {
		PriceList list = loaded(new FileSystemResource(directory.resolve("none.json")));
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(output).containsOnlyOnce("The price list 'file:prices.json' can't be read")
			.contains("none.json")
			.contains("Set llmtrack.pricing-list to a copy of https://models.dev/api.json");
	}

	@Test
	void unreadableListIsOneWarning(CapturedOutput output) throws Exception {
		PriceList list = loaded(new ByteArrayResource("<html>".getBytes()));
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(output).containsOnlyOnce("The price list 'file:prices.json' can't be read");
	}

	@Test
	void listWithoutPricesIsOneWarning(CapturedOutput output) throws Exception {
		PriceList list = loaded(new ByteArrayResource("{}".getBytes()));
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(output).containsOnlyOnce("it has no prices in the format of models.dev");
	}

	@Test
	void endlessListIsNotReadToItsEnd(CapturedOutput output) throws Exception {
		PriceList list = loaded(new AbstractResource() {

			@Override
			public InputStream getInputStream() {
				return new InputStream() {

					@Override
					public int read() {
						return ' ';
					}

				};
			}

			@Override
			public String getDescription() {
				return "endless";
			}

		});
		assertThat(list.calculate(EVENT)).isNull();
		assertThat(output).contains("it has more than 33554432 bytes");
	}

	@Test
	void costIsExact() throws Exception {
		PriceList list = loaded(new ClassPathResource("prices/litellm.json"));
		assertThat(list.calculate(LlmUsageEvent.builder()
			.provider("deepseek")
			.model("deepseek-chat")
			.tokens(LlmTokenUsage.of(3L, 1L, null))
			.build())).isEqualTo(new BigDecimal("0.00000126"));
	}

	private static PriceList loaded(Resource resource) throws InterruptedException {
		PriceList list = new PriceList(resource, "file:prices.json");
		CountDownLatch loaded = new CountDownLatch(1);
		list.whenLoaded(loaded::countDown);
		assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
		return list;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
