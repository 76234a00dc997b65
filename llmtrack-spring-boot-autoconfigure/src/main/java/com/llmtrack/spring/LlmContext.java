// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.Objects;
import java.util.UUID;
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
 * What model requests are recorded under: their feature, customer and conversation. A
 * context may have any of these entries. Opened within another one, it keeps the entries
 * of the outer one that it lacks; an entry that is {@code null} or blank means none,
 * whatever the outer context has.
 * <p>
 * {@link LlmFeature} and {@link LlmCustomerId} open contexts automatically; use this
 * class where an annotation cannot be used. A scope belongs to the thread that opened it
 * and must be closed by that thread, innermost first. Wrap tasks that run on another
 * thread. The context of a stream is in its Reactor context, which takes precedence over
 * the thread:
 *
 * <pre class="code">
 * LlmContext.feature("nightly-report").run(() -&gt; write(report));
 * LlmContext.feature("reminder").andCustomer("4711").run(() -&gt; remind(invoice));
 * executor.submit(LlmContext.current().wrap(task));
 * LlmContext.feature("story").wrap(stream).subscribe(this::show);
 * </pre>
 *
 * Immutable. Safe for any thread.
 *
 * @since 0.1.0
 */
public final class LlmContext {

	/**
	 * Key of the context, an {@code LlmContext}, in a Reactor context and in Micrometer's
	 * context propagation.
	 */
	public static final String REACTOR_KEY = "com.llmtrack.context";

	/**
	 * Name of the advisor parameter that names the feature, a {@code String}, of one
	 * request of a {@code ChatClient}.
	 */
	public static final String FEATURE_PARAM = "com.llmtrack.feature";

	/**
	 * Name of the advisor parameter that names the customer, an id or an
	 * {@link LlmCustomer}, of one request of a {@code ChatClient}.
	 */
	public static final String CUSTOMER_PARAM = "com.llmtrack.customer";

	static final LlmContext EMPTY = new LlmContext(null, null, null, null);

	private static final String NONE = "";

	private static final LlmCustomer NOBODY = LlmCustomer.of("nobody");

	private final @Nullable String feature;

	private final @Nullable LlmCustomer customer;

	private final @Nullable String conversation;

	private final @Nullable String turn;

	private LlmContext(@Nullable String feature, @Nullable LlmCustomer customer, @Nullable String conversation,
			@Nullable String turn) {
		this.feature = feature;
		this.customer = customer;
		this.conversation = conversation;
		this.turn = turn;
	}

	/**
	 * Return the context of the current thread.
	 * @return the context, without any entry if none is open
	 */
	public static LlmContext current() {
		return LlmContextScope.currentContext();
	}

	/**
	 * Return the context in a Reactor context.
	 * @param context the Reactor context of a subscriber
	 * @return the context, without any entry if there is none
	 */
	public static LlmContext of(ContextView context) {
		return (context.getOrDefault(REACTOR_KEY, null) instanceof LlmContext known) ? known : EMPTY;
	}

	/**
	 * Return a context with a feature only.
	 * @param name the name of the feature, or {@code null} for none
	 * @return the context
	 */
	public static LlmContext feature(@Nullable String name) {
		return EMPTY.andFeature(name);
	}

	/**
	 * Return a context with a customer only.
	 * @param id the customer's id, or {@code null} for nobody
	 * @return the context
	 */
	public static LlmContext customer(@Nullable String id) {
		return EMPTY.andCustomer(id);
	}

	/**
	 * Return a context with a conversation only.
	 * @param id the id of the conversation, or {@code null} for none
	 * @return the context
	 */
	public static LlmContext conversation(@Nullable String id) {
		return EMPTY.andConversation(id);
	}

	/**
	 * Return this context with another feature.
	 * @param name the name of the feature, or {@code null} for none
	 * @return the context
	 */
	public LlmContext andFeature(@Nullable String name) {
		String feature = StringUtils.hasText(name) ? name.strip() : NONE;
		return new LlmContext(feature, this.customer, this.conversation, this.turn);
	}

	/**
	 * Return this context with another customer.
	 * @param id the customer's id, or {@code null} for nobody
	 * @return the context
	 */
	public LlmContext andCustomer(@Nullable String id) {
		return andCustomer(id, null);
	}

	/**
	 * Return this context with another customer.
	 * @param id the customer's id, or {@code null} for nobody
	 * @param name the customer's name, or {@code null} to leave it out
	 * @return the context
	 */
	public LlmContext andCustomer(@Nullable String id, @Nullable String name) {
		String text = EventName.of(id);
		return with((text != null) ? new LlmCustomer(text, name) : NOBODY);
	}

	/**
	 * Return this context with another customer.
	 * @param customer the customer
	 * @return the context
	 */
	public LlmContext with(LlmCustomer customer) {
		return new LlmContext(this.feature, customer, this.conversation, this.turn);
	}

	/**
	 * Return this context with another conversation.
	 * @param id the id of the conversation, or {@code null} for none
	 * @return the context
	 */
	public LlmContext andConversation(@Nullable String id) {
		String text = EventName.of(id);
		return new LlmContext(this.feature, this.customer, (text != null) ? text : NONE, this.turn);
	}

	/**
	 * Return this context with a turn that begins.
	 */
	LlmContext andNewTurn() {
		return new LlmContext(this.feature, this.customer, this.conversation, UUID.randomUUID().toString());
	}

	/**
	 * Return this context within an outer one.
	 * @param outer the outer context
	 * @return a context with the entries of this one and those of the outer one that this
	 * one lacks, and the turn of the outer one if it has one
	 */
	public LlmContext within(LlmContext outer) {
		if (hasAllOf(outer)) {
			return this;
		}
		return isEmpty() ? outer
				: new LlmContext(firstOf(this.feature, outer.feature), firstOf(this.customer, outer.customer),
						firstOf(this.conversation, outer.conversation), firstOf(outer.turn, this.turn));
	}

	private boolean hasAllOf(LlmContext outer) {
		return (this.feature != null || outer.feature == null) && (this.customer != null || outer.customer == null)
				&& (this.conversation != null || outer.conversation == null)
				&& (outer.turn == null || outer.turn.equals(this.turn));
	}

	private static <T> @Nullable T firstOf(@Nullable T inner, @Nullable T outer) {
		return (inner != null) ? inner : outer;
	}

	/**
	 * Return whether this context has no entry at all, so that it is as good as none.
	 * @return whether that is so
	 */
	public boolean isEmpty() {
		return this.feature == null && this.customer == null && this.conversation == null && this.turn == null;
	}

	/**
	 * Return the feature.
	 * @return the name of the feature, or {@code null} if there is none
	 */
	public @Nullable String feature() {
		return NONE.equals(this.feature) ? null : this.feature;
	}

	/**
	 * Return the customer.
	 * @return the customer, or {@code null} if there is none
	 */
	public @Nullable LlmCustomer customer() {
		return (this.customer == NOBODY) ? null : this.customer;
	}

	/**
	 * Return whether this context tells who the customer is, even if that is nobody, so
	 * that an {@link LlmCustomerResolver} is not asked.
	 * @return whether there is an entry for the customer
	 */
	public boolean hasCustomerEntry() {
		return this.customer != null;
	}

	/**
	 * Return the conversation.
	 * @return the id of the conversation, or {@code null} if there is none
	 */
	public @Nullable String conversationId() {
		return NONE.equals(this.conversation) ? null : this.conversation;
	}

	/**
	 * Return the turn: the call of a {@code ChatClient} that the current request is made
	 * for, with all rounds of its tools.
	 * @return a random id, or {@code null} outside of such a call, or where
	 * {@code llmtrack.event.include} does not list {@code turn-id}
	 */
	public @Nullable String turnId() {
		return this.turn;
	}

	/**
	 * Put the current thread under this context, within the one that it is under already,
	 * until the returned scope is closed.
	 * @return the scope, to be closed by the same thread
	 */
	public LlmContextScope open() {
		return LlmContextScope.open(within(current()));
	}

	/**
	 * Run a task without a result under this context.
	 * @param task the task
	 */
	public void run(Runnable task) {
		try (LlmContextScope scope = open()) {
			task.run();
		}
	}

	/**
	 * Call a task with a result under this context.
	 * @param <T> the type of the result
	 * @param <E> the type of exception that the task throws
	 * @param task the task
	 * @return the result of the task
	 * @throws E if the task throws it
	 */
	public <T extends @Nullable Object, E extends Throwable> T call(Task<T, E> task) throws E {
		try (LlmContextScope scope = open()) {
			return task.call();
		}
	}

	/**
	 * Wrap a task, so that it runs under this context, and no other, on any thread.
	 * @param task the task
	 * @return a task that does the same under this context
	 */
	public Runnable wrap(Runnable task) {
		return () -> {
			try (LlmContextScope scope = LlmContextScope.open(this)) {
				task.run();
			}
		};
	}

	/**
	 * Wrap a task, so that it runs under this context, and no other, on any thread.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return a task that does the same under this context
	 */
	public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
		return () -> {
			try (LlmContextScope scope = LlmContextScope.open(this)) {
				return task.call();
			}
		};
	}

	/**
	 * Wrap a supplier, so that it runs under this context, and no other, on any thread,
	 * for example for {@link java.util.concurrent.CompletableFuture#supplyAsync(Supplier)
	 * CompletableFuture.supplyAsync(…)}.
	 * @param <T> the type of the result
	 * @param supplier the supplier
	 * @return a supplier that does the same under this context
	 */
	public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
		return () -> {
			try (LlmContextScope scope = LlmContextScope.open(this)) {
				return supplier.get();
			}
		};
	}

	/**
	 * Wrap a stream, so that every subscription runs under this context on any thread,
	 * within the subscriber's. The context is in the Reactor context of the stream, and
	 * on the thread during a subscription, a request or a cancellation.
	 * @param <T> the type of the items
	 * @param stream the stream
	 * @return a stream that does the same under this context
	 */
	public <T> Flux<T> wrap(Flux<T> stream) {
		return isEmpty() ? stream : ContextFlux.of(stream, this);
	}

	/**
	 * Wrap a stream of at most one item in the same way as {@link #wrap(Flux)}.
	 * @param <T> the type of the item
	 * @param stream the stream
	 * @return a stream that does the same under this context
	 */
	public <T> Mono<T> wrap(Mono<T> stream) {
		return isEmpty() ? stream : ContextMono.of(stream, this);
	}

	/**
	 * Write this context into a Reactor context, within the one that is there already,
	 * for {@code contextWrite} of a {@code Flux} or a {@code Mono}.
	 * @param context the Reactor context
	 * @return the Reactor context with this context
	 */
	public Context writeTo(Context context) {
		return context.put(REACTOR_KEY, within(of(context)));
	}

	/**
	 * Wrap an executor, so that each task runs under the context of the thread that
	 * submitted it.
	 * @param executor the executor
	 * @return an executor that does the same under contexts
	 */
	public static Executor propagating(Executor executor) {
		return (task) -> executor.execute(current().wrap(task));
	}

	/**
	 * Wrap an executor, so that each task runs under the context of the thread that
	 * submitted it. Requires Micrometer's context propagation, which Spring AI depends
	 * on.
	 * @param executor the executor
	 * @return an executor that does the same under contexts
	 */
	public static ExecutorService propagating(ExecutorService executor) {
		return new PropagatingExecutorService(executor);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LlmContext context && Objects.equals(this.feature, context.feature)
				&& Objects.equals(this.customer, context.customer)
				&& Objects.equals(this.conversation, context.conversation) && Objects.equals(this.turn, context.turn);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.feature, this.customer, this.conversation, this.turn);
	}

	@Override
	public String toString() {
		return "LlmContext[feature=%s, conversation=%s]".formatted(feature(), conversationId());
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

}
