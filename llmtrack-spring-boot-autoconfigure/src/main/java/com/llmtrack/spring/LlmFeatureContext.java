// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The feature that model requests of the current thread are booked under.
 * <p>
 * {@link LlmFeature} opens and closes scopes by itself; this class does the same where an
 * annotation can't be used. A scope belongs to the thread that opened it and is closed by
 * that thread, innermost first. What runs on another thread is wrapped before it is
 * handed over, and a stream gets its feature through the Reactor context, where it takes
 * precedence over the thread's:
 *
 * <pre class="code">
 * LlmFeatureContext.run("nightly-report", () -&gt; write(report));
 * executor.submit(LlmFeatureContext.wrap(task));
 * stream.contextWrite(LlmFeatureContext.reactorContext("story"));
 * </pre>
 *
 * A feature of {@code null} means none.
 *
 * @since 0.1.0
 */
public final class LlmFeatureContext {

	/**
	 * Key of the feature, a {@code String}, in a Reactor context and in Micrometer's
	 * context propagation.
	 */
	public static final String REACTOR_KEY = "com.llmtrack.feature";

	/**
	 * Name of the advisor parameter that names the feature, a {@code String}, of one
	 * request of a {@code ChatClient}.
	 */
	public static final String ADVISOR_PARAM = "com.llmtrack.feature";

	private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

	private LlmFeatureContext() {
	}

	/**
	 * Return the feature of the current thread.
	 * @return the name of the feature, or {@code null} if there is none
	 */
	public static @Nullable String current() {
		Scope scope = CURRENT.get();
		return (scope != null) ? scope.feature : null;
	}

	/**
	 * Put the current thread under a feature until the returned scope is closed.
	 * @param feature the name of the feature, or {@code null} for none
	 * @return the scope, to be closed by the same thread
	 */
	public static Scope open(@Nullable String feature) {
		return open(feature, false);
	}

	private static Scope open(@Nullable String feature, boolean propagated) {
		Scope scope = new Scope(feature, CURRENT.get(), propagated);
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * Run a task under a feature.
	 * @param feature the name of the feature, or {@code null} for none
	 * @param task the task
	 */
	public static void run(@Nullable String feature, Runnable task) {
		try (Scope scope = open(feature)) {
			task.run();
		}
	}

	/**
	 * Get a result under a feature.
	 * @param <T> the type of the result
	 * @param feature the name of the feature, or {@code null} for none
	 * @param supplier supplies the result
	 * @return the result
	 */
	public static <T extends @Nullable Object> T get(@Nullable String feature, Supplier<T> supplier) {
		try (Scope scope = open(feature)) {
			return supplier.get();
		}
	}

	/**
	 * Call a task under a feature.
	 * @param <T> the type of the result
	 * @param feature the name of the feature, or {@code null} for none
	 * @param task the task
	 * @return the result of the task
	 * @throws Exception if the task throws it
	 */
	public static <T extends @Nullable Object> T call(@Nullable String feature, Callable<T> task) throws Exception {
		try (Scope scope = open(feature)) {
			return task.call();
		}
	}

	/**
	 * Have a task run under the current thread's feature on whatever thread.
	 * @param task the task
	 * @return a task that does the same under the feature
	 */
	public static Runnable wrap(Runnable task) {
		String feature = current();
		return () -> run(feature, task);
	}

	/**
	 * Have a task run under the current thread's feature on whatever thread.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return a task that does the same under the feature
	 */
	public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
		String feature = current();
		return () -> call(feature, task);
	}

	/**
	 * Have a result supplied under the current thread's feature on whatever thread, as
	 * for {@link java.util.concurrent.CompletableFuture#supplyAsync(Supplier)
	 * CompletableFuture.supplyAsync(…)}.
	 * @param <T> the type of the result
	 * @param supplier supplies the result
	 * @return a supplier that does the same under the feature
	 */
	public static <T extends @Nullable Object> Supplier<T> supplier(Supplier<T> supplier) {
		String feature = current();
		return () -> get(feature, supplier);
	}

	/**
	 * Have an executor run each task under the feature of the thread that handed it over.
	 * @param executor the executor
	 * @return an executor that does the same under features
	 */
	public static Executor wrap(Executor executor) {
		return (task) -> executor.execute(wrap(task));
	}

	/**
	 * Have an executor run each task under the feature of the thread that handed it over.
	 * @param executor the executor
	 * @return an executor that does the same under features
	 */
	public static ExecutorService wrap(ExecutorService executor) {
		return new FeatureExecutorService(executor);
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
	 * Put the current thread under a feature that came from another thread.
	 */
	static void propagate(String feature) {
		open(feature, true);
	}

	/**
	 * Take a feature that came from another thread away from the current one. What the
	 * thread is under by itself stays: Reactor clears whatever a stream's context lacks,
	 * also within the method that subscribes to the stream.
	 */
	static void clear() {
		Scope own = CURRENT.get();
		while (own != null && own.propagated) {
			own = own.outer;
		}
		open((own != null) ? own.feature : null, true);
	}

	/**
	 * Give the thread back the feature that it had before {@link #propagate(String)} or
	 * {@link #clear()}.
	 */
	static void restore() {
		for (Scope scope = CURRENT.get(); scope != null; scope = scope.outer) {
			if (scope.propagated) {
				scope.close();
				return;
			}
		}
	}

	/**
	 * A stretch of work of one thread under one feature.
	 *
	 * @since 0.1.0
	 */
	public static final class Scope implements AutoCloseable {

		private final @Nullable String feature;

		private final @Nullable Scope outer;

		private final boolean propagated;

		private Scope(@Nullable String feature, @Nullable Scope outer, boolean propagated) {
			this.feature = feature;
			this.outer = outer;
			this.propagated = propagated;
		}

		/**
		 * Give the thread its previous feature back. Closing a scope that is not the
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
