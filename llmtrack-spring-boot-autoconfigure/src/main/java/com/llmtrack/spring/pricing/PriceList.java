// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.json.Json;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Estimates costs by a price list that the user has got, of models.dev or LiteLLM. Safe
 * for any thread; {@link #calculate} never blocks or throws.
 * <p>
 * The list is read once, on a short-lived daemon thread, as soon as anybody asks for it;
 * until then no cost is known. A list that can't be read is logged once, and no cost is
 * known ever.
 */
public final class PriceList implements LlmCostCalculator {

	private static final Log logger = LogFactory.getLog(PriceList.class);

	/** Ten times of what the largest list has at present. */
	private static final int MAX_BYTES = 32 * 1024 * 1024;

	private static final int MAX_FOUND = 1_000;

	private static final int MAX_WAITING = 10_000;

	private final Resource resource;

	private final String location;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Map<ModelOf, Optional<ListedPrice>> found = new ConcurrentHashMap<>();

	private final List<Runnable> waiting = new ArrayList<>();

	private volatile @Nullable ListedPrices prices;

	private volatile boolean loaded;

	/**
	 * Create a price list. Nothing is read before it is needed.
	 * @param resource the list
	 * @param location the location of the list, as the user knows it
	 */
	public PriceList(Resource resource, String location) {
		this.resource = resource;
		this.location = location;
	}

	/**
	 * Read the list if nobody has done so yet, and run an action afterwards, whether the
	 * list could be read or not. Does not wait. Actions run in the order in which they
	 * were given.
	 * @param action what to do, either now or on the thread that reads the list; must not
	 * throw
	 * @return whether it was or will be run, which is not so if too many others wait
	 */
	public boolean whenLoaded(Runnable action) {
		if (!this.loaded) {
			load();
			synchronized (this.waiting) {
				if (!this.loaded) {
					return this.waiting.size() < MAX_WAITING && this.waiting.add(action);
				}
			}
		}
		action.run();
		return true;
	}

	@Override
	public @Nullable BigDecimal calculate(LlmUsageEvent event) {
		ListedPrices prices = this.prices;
		if (prices == null) {
			load();
			return null;
		}
		ListedPrice price = find(prices, event.provider(), event.model());
		return (price != null) ? price.cost(event.tokens()) : null;
	}

	private @Nullable ListedPrice find(ListedPrices prices, String provider, String model) {
		ModelOf key = new ModelOf(provider, model);
		Optional<ListedPrice> known = this.found.get(key);
		if (known == null) {
			known = Optional.ofNullable(prices.find(provider, model));
			if (this.found.size() < MAX_FOUND) {
				this.found.put(key, known);
			}
		}
		return known.orElse(null);
	}

	private void load() {
		if (!this.started.get() && this.started.compareAndSet(false, true)) {
			Thread thread = new Thread(null, this::read, "llmtrack-price-list", 0, false);
			thread.setDaemon(true);
			thread.setPriority(Thread.NORM_PRIORITY);
			thread.setContextClassLoader(PriceList.class.getClassLoader());
			thread.start();
		}
	}

	private void read() {
		try {
			this.prices = PriceListFormat.read(Json.get().read(bytes(), Object.class));
		}
		catch (IOException | RuntimeException | LinkageError | OutOfMemoryError ex) {
			logger
				.warn("The price list '" + this.location + "' can't be read, so that budgets have no estimated costs: "
						+ reason(ex) + ". Set llmtrack.pricing-list to a copy of https://models.dev/api.json or of "
						+ "LiteLLM's model_prices_and_context_window.json, and restart.");
		}
		runWaiting();
	}

	/**
	 * Run what waits, in order. Only afterwards may further actions run at once.
	 */
	private void runWaiting() {
		while (!this.loaded) {
			List<Runnable> actions;
			synchronized (this.waiting) {
				actions = List.copyOf(this.waiting);
				this.waiting.clear();
				this.loaded = actions.isEmpty();
			}
			actions.forEach(Runnable::run);
		}
	}

	private byte[] bytes() throws IOException {
		try (InputStream stream = this.resource.getInputStream()) {
			byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw new IOException("it has more than " + MAX_BYTES + " bytes");
			}
			return bytes;
		}
	}

	private static String reason(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		String message = cause.getMessage();
		return (message != null) ? message.lines().findFirst().orElse("") : cause.getClass().getSimpleName();
	}

	@Override
	public String toString() {
		return this.location;
	}

	/**
	 * A model of a provider.
	 */
	private record ModelOf(String provider, String model) {
	}

}
