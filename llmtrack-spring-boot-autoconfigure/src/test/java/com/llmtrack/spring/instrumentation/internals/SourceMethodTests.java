// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SourceMethod}: that compilers still name their methods in the same
 * way. Those of Kotlin are stood in for.
 */
class SourceMethodTests {

	private final Supplier<SourceMethod> field = () -> current();

	@Test
	void methodIsItself() {
		SourceMethod method = current();
		assertMethod(method, "methodIsItself");
		assertThat(method.isInner()).isFalse();
		assertThat(method.candidates()).singleElement().extracting("name").isEqualTo("methodIsItself");
	}

	@Test
	void overloadIsToldByItsParameters() {
		assertThat(overloaded("").candidates()).singleElement()
			.extracting((method) -> method.getParameterCount())
			.isEqualTo(1);
	}

	@Test
	void lambdaIsItsMethods() {
		Supplier<SourceMethod> lambda = () -> current();
		assertInner(lambda.get(), "lambdaIsItsMethods");
		assertInner(Optional.of(1).map((outer) -> Optional.of(2).map((inner) -> current()).get()).get(),
				"lambdaIsItsMethods");
	}

	@Test
	void lambdaOfAFieldIsNoMethods() {
		assertThat(this.field.get().name()).isEqualTo("new");
		assertThat(this.field.get().candidates()).isEmpty();
	}

	@Test
	void classesInAMethodAreTheMethods() {
		Supplier<SourceMethod> anonymous = new Supplier<>() {

			@Override
			public SourceMethod get() {
				return new Supplier<SourceMethod>() {

					@Override
					public SourceMethod get() {
						return current();
					}

				}.get();
			}

		};
		assertInner(anonymous.get(), "classesInAMethodAreTheMethods");
	}

	@Test
	void lambdasAndDefaultsOfKotlinAreTheirFunctions() {
		assertInner(ask$lambda$0(), "ask");
		assertInner(ask$lambda$1$lambda$0(), "ask");
		assertInner(ask$default(), "ask");
	}

	private static void assertInner(SourceMethod method, String name) {
		assertMethod(method, name);
		assertThat(method.isInner()).isTrue();
	}

	private static void assertMethod(SourceMethod method, String name) {
		assertThat(method.type()).isEqualTo(SourceMethodTests.class);
		assertThat(method.name()).isEqualTo(name);
	}

	private static SourceMethod overloaded(String argument) {
		return argument.isEmpty() ? current() : overloaded();
	}

	private static SourceMethod overloaded() {
		return overloaded("");
	}

	private static SourceMethod ask$lambda$0() {
		return current();
	}

	private static SourceMethod ask$lambda$1$lambda$0() {
		return current();
	}

	private static SourceMethod ask$default() {
		return current();
	}

	/**
	 * Return the method of the caller.
	 */
	private static SourceMethod current() {
		return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
			.walk((frames) -> SourceMethod.of(frames.skip(1).findFirst().orElseThrow()));
	}

}
