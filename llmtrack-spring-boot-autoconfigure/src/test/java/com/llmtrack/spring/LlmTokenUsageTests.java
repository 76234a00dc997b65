// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LlmTokenUsage}.
 */
class LlmTokenUsageTests {

	private final LlmTokenUsage full = LlmTokenUsage.builder()
		.prompt(1L)
		.completion(2L)
		.total(3L)
		.cachedInput(4L)
		.cacheWrite(5L)
		.reasoning(6L)
		.accounting(LlmTokenAccounting.EXCLUSIVE)
		.build();

	@Test
	void usageHasWhatItsBuilderWasGiven() {
		assertThat(this.full.prompt()).isEqualTo(1);
		assertThat(this.full.completion()).isEqualTo(2);
		assertThat(this.full.total()).isEqualTo(3);
		assertThat(this.full.cachedInput()).isEqualTo(4);
		assertThat(this.full.cacheWrite()).isEqualTo(5);
		assertThat(this.full.reasoning()).isEqualTo(6);
		assertThat(this.full.accounting()).isEqualTo(LlmTokenAccounting.EXCLUSIVE);
	}

	@Test
	void unknownHasNoCount() {
		assertThat(LlmTokenUsage.UNKNOWN).isEqualTo(LlmTokenUsage.of(null, null, null))
			.isEqualTo(LlmTokenUsage.builder().build());
		assertThat(LlmTokenUsage.UNKNOWN.total()).isNull();
	}

	@Test
	void totalBelowItsPartsIsUnknown() {
		assertThat(LlmTokenUsage.of(7L, 5L, 11L)).isEqualTo(LlmTokenUsage.of(7L, 5L, null));
		assertThat(LlmTokenUsage.of(7L, null, 6L).total()).isNull();
		assertThat(LlmTokenUsage.of(null, 5L, 4L).total()).isNull();
		assertThat(LlmTokenUsage.of(Long.MAX_VALUE, Long.MAX_VALUE, 4L).total()).isNull();
		assertThat(LlmTokenUsage.of(7L, 5L, 12L).total()).isEqualTo(12);
		assertThat(LlmTokenUsage.of(null, null, 4L).total()).isEqualTo(4);
		assertThat(this.full.toBuilder().prompt(9L).build().total()).isNull();
	}

	@Test
	void copiesOfAUsageAreEqualToIt() {
		assertThat(this.full.toBuilder().build()).isEqualTo(this.full)
			.hasSameHashCodeAs(this.full)
			.hasToString(this.full.toString());
		assertThat(this.full.toString()).contains("prompt=1", "reasoning=6", "accounting=EXCLUSIVE");
	}

	@Test
	void everyPartCountsForEquality() {
		List<LlmTokenUsage> others = List.of(this.full.toBuilder().prompt(0L).build(),
				this.full.toBuilder().completion(0L).build(), this.full.toBuilder().total(9L).build(),
				this.full.toBuilder().cachedInput(9L).build(), this.full.toBuilder().cacheWrite(9L).build(),
				this.full.toBuilder().reasoning(9L).build(),
				this.full.toBuilder().accounting(LlmTokenAccounting.INCLUSIVE).build());
		assertThat(others).doesNotHaveDuplicates().hasSize(7).doesNotContain(this.full);
		assertThat(this.full).isNotEqualTo("usage");
	}

	@Test
	void usageDoesNotChangeWithItsBuilder() {
		LlmTokenUsage.Builder builder = LlmTokenUsage.builder().total(1L);
		LlmTokenUsage usage = builder.build();
		builder.total(2L);
		assertThat(usage.total()).isEqualTo(1);
	}

	@Test
	void detailsGoWithTheirAccounting() {
		assertThat(this.full.toBuilder().accounting(null).build()).isEqualTo(LlmTokenUsage.of(1L, 2L, 3L));
	}

	@Test
	void negativeCountIsRefused() {
		IntStream.range(0, 3)
			.mapToObj((position) -> IntStream.range(0, 3).mapToObj((i) -> (i == position) ? -1L : null).toList())
			.forEach((counts) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> LlmTokenUsage.of(counts.get(0), counts.get(1), counts.get(2))));
	}

}
