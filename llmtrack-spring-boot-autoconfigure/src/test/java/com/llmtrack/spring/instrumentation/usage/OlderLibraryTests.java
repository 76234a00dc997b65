// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.openai.core.ObjectMappers;
import com.openai.models.completions.CompletionUsage;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberRemoval;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.core.OverridingClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests usage of a library that is older than the one LLMtrack was compiled with.
 */
class OlderLibraryTests {

	private static final String USAGE = """
			{"prompt_tokens":100,"completion_tokens":80,"total_tokens":180,
			"prompt_tokens_details":{"cached_tokens":64,"cache_write_tokens":20},
			"completion_tokens_details":{"reasoning_tokens":50}}""";

	@Test
	void openAiWithoutACountOfTokensWrittenToTheCacheHasTheOtherCounts() throws Exception {
		assertThat(usageIn(new OlderOpenAi())).contains("prompt=100", "cachedInput=64", "cacheWrite=null",
				"reasoning=50");
		assertThat(usageIn(getClass().getClassLoader())).contains("cacheWrite=20");
	}

	private static String usageIn(ClassLoader classLoader) throws Exception {
		Object usage = ObjectMappers.jsonMapper()
			.readValue(USAGE, Class.forName(CompletionUsage.class.getName(), true, classLoader));
		return String.valueOf(Class.forName(TokenUsages.class.getName(), true, classLoader)
			.getMethod("of", Usage.class)
			.invoke(null, new DefaultUsage(100, 80, 180, usage)));
	}

	/**
	 * Has a library of OpenAI without the method in question, and the code that calls it.
	 */
	private static final class OlderOpenAi extends OverridingClassLoader {

		private static final Class<?> DETAILS = CompletionUsage.PromptTokensDetails.class;

		OlderOpenAi() {
			super(OlderLibraryTests.class.getClassLoader());
		}

		@Override
		protected boolean isEligibleForOverriding(String className) {
			return className.startsWith(CompletionUsage.class.getName())
					|| className.startsWith(TokenUsages.class.getPackageName());
		}

		@Override
		protected byte[] transformIfNecessary(String name, byte[] bytes) {
			return name.equals(DETAILS.getName())
					? new ByteBuddy().redefine(DETAILS, ClassFileLocator.Simple.of(name, bytes))
						.visit(new MemberRemoval().stripMethods(ElementMatchers.named("cacheWriteTokens")))
						.make()
						.getBytes()
					: bytes;
		}

	}

}
