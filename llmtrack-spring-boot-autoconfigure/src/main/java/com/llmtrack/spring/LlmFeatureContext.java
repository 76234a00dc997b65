// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.StringUtils;

/**
 * The feature under which model requests of the current thread are recorded.
 * <p>
 * {@link LlmFeature} opens and closes scopes automatically; use this class where an
 * annotation cannot be used. A scope belongs to the thread that opened it and must be
 * closed by that thread, innermost first. Wrap tasks that run on another thread. The
 * feature of a stream is in the Reactor context, which takes precedence over the thread:
 *
 * <pre class="code">
 * LlmFeatureContext.run("nightly-report", () -&gt; write(report));
 * executor.submit(LlmFeatureContext.wrap(task));
 * stream.contextWrite(LlmFeatureContext.reactorContext("story"));
 * </pre>
 *
 * A {@code null} or blank feature means none, whatever the outer feature is.
 *
 * @since 0.1.0
 */
public final class LlmFeatureContext {

	/**
	 * Key of the feature, a {@code String}, in a Reactor context and in Micrometer's
	 * context propagation. A blank one means none.
	 */
	public static final String REACTOR_KEY = "com.llmtrack.feature";

	/**
	 * Name of the advisor parameter that names the feature, a {@code String}, of one
	 * request of a {@code ChatClient}.
	 */
	public static final String ADVISOR_PARAM = "com.llmtrack.feature";

	private static final String NONE = "";

	private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

	private LlmFeatureContext() {
	}

	/**
	 * Return the feature of the current thread.
	 * @return the name of the feature, or {@code null} if there is none
	 */
	public static @Nullable String current() {
		String feature = ofScope();
		return NONE.equals(feature) ? null : feature;
	}

	/**
	 * Return the feature of the innermost scope of the current thread: empty if the scope
	 * has none, {@code null} if there is no scope.
	 */
	static @Nullable String ofScope() {
		Scope scope = CURRENT.get();
		return (scope != null) ? scope.feature : null;
	}

	static @Nullable Scope innermost() {
		return CURRENT.get();
	}

	/**
	 * Set the feature of the current thread until the returned scope is closed.
	 * @param feature the name of the feature, or {@code null} for none
	 * @return the scope, to be closed by the same thread
	 */
	public static Scope open(@Nullable String feature) {
		return open(StringUtils.hasText(feature) ? feature : NONE, false);
	}

	/**
	 * Open a scope.
	 * @param feature as {@link #ofScope()} returns it: {@code null} is as good as no
	 * scope
	 * @param propagated whether the feature comes from another thread
	 */
	static Scope open(@Nullable String feature, boolean propagated) {
		Scope scope = new Scope(feature, CURRENT.get(), propagated);
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * Run a task without a result under a feature.
	 * @param feature the name of the feature, or {@code null} for none
	 * @param task the task
	 */
	public static void run(@Nullable String feature, Runnable task) {
		try (Scope scope = open(feature)) {
			task.run();
		}
	}

	/**
	 * Call a task with a result under a feature.
	 * @param <T> the type of the result
	 * @param <E> the type of exception that the task throws
	 * @param feature the name of the feature, or {@code null} for none
	 * @param task the task
	 * @return the result of the task
	 * @throws E if the task throws it
	 */
	public static <T extends @Nullable Object, E extends Throwable> T call(@Nullable String feature, Task<T, E> task)
			throws E {
		try (Scope scope = open(feature)) {
			return task.call();
		}
	}

	/**
	 * Wrap a task, so that it runs under the current thread's feature on any thread.
	 * @param task the task
	 * @return a task that does the same under the feature
	 */
	public static Runnable wrap(Runnable task) {
		String feature = ofScope();
		return () -> {
			try (Scope scope = open(feature, false)) {
				task.run();
			}
		};
	}

	/**
	 * Wrap a task, so that it runs under the current thread's feature on any thread.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return a task that does the same under the feature
	 */
	public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
		String feature = ofScope();
		return () -> {
			try (Scope scope = open(feature, false)) {
				return task.call();
			}
		};
	}

	/**
	 * Wrap a supplier, so that it runs under the current thread's feature on any thread,
	 * for example for {@link java.util.concurrent.CompletableFuture#supplyAsync(Supplier)
	 * CompletableFuture.supplyAsync(…)}.
	 * @param <T> the type of the result
	 * @param supplier the supplier
	 * @return a supplier that does the same under the feature
	 */
	public static <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
		String feature = ofScope();
		return () -> {
			try (Scope scope = open(feature, false)) {
				return supplier.get();
			}
		};
	}

	/**
	 * Wrap an executor, so that each task runs under the feature of the thread that
	 * submitted it.
	 * @param executor the executor
	 * @return an executor that does the same under features
	 */
	public static Executor wrap(Executor executor) {
		return (task) -> executor.execute(wrap(task));
	}

	/**
	 * Wrap an executor, so that each task runs under the feature of the thread that
	 * submitted it. Requires Micrometer's context propagation, which Spring AI depends
	 * on.
	 * @param executor the executor
	 * @return an executor that does the same under features
	 */
	public static ExecutorService wrap(ExecutorService executor) {
		return new FeatureExecutorService(executor);
	}

	/**
	 * Wrap a stream, so that every subscription runs under the current thread's feature
	 * on any thread. The feature is in the Reactor context of the stream, and on the
	 * thread during a subscription, a request or a cancellation.
	 * @param <T> the type of the items
	 * @param stream the stream
	 * @return a stream that does the same under the feature
	 */
	public static <T> Flux<T> wrap(Flux<T> stream) {
		String feature = ofScope();
		return (feature != null) ? FeatureFlux.of(stream, feature) : stream;
	}

	/**
	 * Wrap a stream of at most one item in the same way as {@link #wrap(Flux)}.
	 * @param <T> the type of the item
	 * @param stream the stream
	 * @return a stream that does the same under the feature
	 */
	public static <T> Mono<T> wrap(Mono<T> stream) {
		String feature = ofScope();
		return (feature != null) ? FeatureMono.of(stream, feature) : stream;
	}

	/**
	 * Return a Reactor context with a feature in it, for {@code contextWrite} of a
	 * {@code Flux} or a {@code Mono}.
	 * @param feature the name of the feature
	 * @return the context
	 */
	public static ContextView reactorContext(String feature) {
		return Context.of(REACTOR_KEY, feature);
	}

	/**
	 * A task with a result, which may throw a checked exception.
	 *
	 * @param <T> the type of the result
	 * @param <E> the type of exception that the task throws
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Task<T extends @Nullable Object, E extends Throwable> {

		/**
		 * Run the task.
		 * @return the result
		 * @throws E if the task fails
		 */
		T call() throws E;

	}

	/**
	 * The scope of a feature on a thread, which ends when it is closed.
	 *
	 * @since 0.1.0
	 */
	public static final class Scope implements AutoCloseable {

		final @Nullable String feature;

		final @Nullable Scope outer;

		final boolean propagated;

		private Scope(@Nullable String feature, @Nullable Scope outer, boolean propagated) {
			this.feature = feature;
			this.outer = outer;
			this.propagated = propagated;
		}

		/**
		 * Restore the previous feature of the thread. Closing a scope that is not the
		 * thread's innermost one closes those inside it as well; closing it twice, or on
		 * another thread, does nothing.
		 */
		@Override
		public void close() {
			if (isOpen()) {
				restore(this.outer);
			}
		}

		private boolean isOpen() {
			for (Scope scope = CURRENT.get(); scope != null; scope = scope.outer) {
				if (scope == this) {
					return true;
				}
			}
			return false;
		}

		private static void restore(@Nullable Scope scope) {
			if (scope != null) {
				CURRENT.set(scope);
			}
			else {
				CURRENT.remove();
			}
		}

	}

}
