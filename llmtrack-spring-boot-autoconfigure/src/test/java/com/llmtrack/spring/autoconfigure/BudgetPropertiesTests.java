// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.budget.BudgetPeriod;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import com.llmtrack.spring.budget.Budgets;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link BudgetProperties}, {@link BudgetSharing} and
 * {@link ConfiguredBudgets}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BudgetPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=llmtrack-key", "llmtrack.base-url=http://localhost:1",
				"llmtrack.delivery.shutdown-timeout=0s");

	private static void with(ApplicationContextRunner runner, Consumer<List<BudgetSettings>> assertions) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			List<BudgetSettings> settings = context.getBean(Budgets.class)
				.status()
				.stream()
				.map((budget) -> budget.settings())
				.toList();
			assertions.accept(settings);
		});
	}

	private ApplicationContextRunner environment(Map<String, Object> variables) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	@Test
	void thereAreNoneByDefault() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Budgets.class)).isSameAs(Budgets.none());
			assertThat(context.getBean(LlmTrackProperties.class).budgets()).isEmpty();
			assertThat(context.getBeanFactory().containsSingleton(ApplicationBudgets.LIFECYCLE)).isFalse();
		});
	}

	@Test
	void budgetNeedsNothingButALimit() {
		with(this.runner.withPropertyValues("llmtrack.budgets.support.limit=50 USD"),
				(budgets) -> assertThat(budgets)
					.containsExactly(new BudgetSettings("support", null, null, null, null, null, BudgetPeriod.MONTH,
							ZoneId.of("UTC"), LlmBudgetUnit.USD, new BigDecimal("50"), 0.8, false)));
	}

	@Test
	void budgetMayHaveEverything() {
		with(this.runner.withPropertyValues("llmtrack.budgets.all.feature= support-* ",
				"llmtrack.budgets.all.customer=acme", "llmtrack.budgets.all.provider=openai",
				"llmtrack.budgets.all.model=gpt-4.1", "llmtrack.budgets.all.per=customer",
				"llmtrack.budgets.all.period=day", "llmtrack.budgets.all.zone=Europe/Berlin",
				"llmtrack.budgets.all.tokens=1000000", "llmtrack.budgets.all.warn-at=99.5 %",
				"llmtrack.budgets.all.then=refuse"),
				(budgets) -> assertThat(budgets).containsExactly(new BudgetSettings("all", "support-*", "acme",
						"openai", "gpt-4.1", Owner.CUSTOMER, BudgetPeriod.DAY, ZoneId.of("Europe/Berlin"),
						LlmBudgetUnit.TOKENS, new BigDecimal("1000000"), 0.995, true)));
	}

	@ParameterizedTest
	@CsvSource({ "0.5 USD, 0.5", "0.5USD, 0.5", "0 usd, 0", "1000000 USD, 1000000", " 7.25  USD , 7.25" })
	void limitIsAnAmountOfMoney(String limit, BigDecimal amount) {
		with(this.runner.withPropertyValues("llmtrack.budgets.a.limit=" + limit),
				(budgets) -> assertThat(budgets.get(0).limit()).isEqualTo(amount));
	}

	@Test
	void nothingMayBeAllowed() {
		with(this.runner.withPropertyValues("llmtrack.budgets.a.requests=0", "llmtrack.budgets.b.tokens=0"),
				(budgets) -> assertThat(budgets).extracting(BudgetSettings::limit, BudgetSettings::unit)
					.containsExactly(Tuple.tuple(BigDecimal.ZERO, LlmBudgetUnit.REQUESTS),
							Tuple.tuple(BigDecimal.ZERO, LlmBudgetUnit.TOKENS)));
	}

	@Test
	void namesThatAreKnownAreThoseOfTheProperties() {
		assertThat(UnboundBudgets.KNOWN)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(BudgetProperties.class.getRecordComponents())
				.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
				.toList());
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack.budgets.support.limmit", "llmtrack.budgets.Support_Chat.limmit",
			"llmtrack.budgets[a.b].limmit", "llmtrack.budgets.a.b.limit", "llmtrack.budgets.store.timeout" })
	void propertyOfUnknownNameIsAnError(String property) {
		for (String other : List.of("llmtrack.enabled=true", "llmtrack.budgets.other.requests=1",
				"llmtrack.budgets.support.requests=1")) {
			this.runner.withPropertyValues(other, property + "=50 USD")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
						assertThat(ConfigurationPropertyName.adapt(failure.getName(), '.'))
							.isEqualTo(ConfigurationPropertyName.adapt(property, '.'));
						assertThat(failure.getValue()).isEqualTo("50 USD");
					}));
		}
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack.budgets.Support_Chat.requests", "llmtrack.budgets[a.b].requests",
			"llmtrack.budgets.[a/b].requests", "LLMTRACK.BUDGETS.SupportChat.requests",
			"llmtrack.budgets.support-chat.REQUESTS" })
	void budgetWithAKnownPropertyIsBound(String property) {
		this.runner.withPropertyValues(property + "=7").run((context) -> {
			if (property.contains("/")) {
				assertThat(context).getFailure().rootCause().hasMessageContaining("The name of a budget must have");
			}
			else {
				assertThat(context.getBean(Budgets.class).status()).hasSize(1);
			}
		});
	}

	@Test
	void variablesOfTheEnvironmentAreNoErrors() {
		with(environment(Map.of("LLMTRACK_BUDGETS_STORE_TIMEOUT", "1s", "LLMTRACK_BUDGETS_SUPPORT_CHAT_REQUESTS", "9",
				"LLMTRACK_BUDGETS_SUPPORT_CHAT_WARN_AT", "50%"))
			.withPropertyValues("llmtrack.budgets.support-chat.requests=7"),
				(budgets) -> assertThat(budgets).hasSize(1));
	}

	@Test
	void settingsOfAllBudgetsStandAmongThem() {
		String[] settings = { "llmtrack.budgets.store=redis", "llmtrack.budgets.store-timeout=1s",
				"llmtrack.budgets.keyPrefix=shop:", "llmtrack.budgets.zone=Europe/Berlin" };
		with(this.runner.withPropertyValues(settings)
			.withPropertyValues("llmtrack.budgets.a.requests=1", "llmtrack.budgets.b.requests=2",
					"llmtrack.budgets.b.zone=Z"),
				(budgets) -> assertThat(budgets).extracting(BudgetSettings::zone)
					.containsExactly(ZoneId.of("Europe/Berlin"), ZoneOffset.UTC));
		this.runner.withPropertyValues(settings)
			.run((context) -> assertThat(BudgetSharing.in(context.getEnvironment())).isEqualTo(new BudgetSharing(
					BudgetSharing.Store.REDIS, Duration.ofSeconds(1), "shop:", ZoneId.of("Europe/Berlin"))));
	}

	@Test
	void settingsOfAllBudgetsHaveDefaults() {
		BudgetSharing defaults = new BudgetSharing(BudgetSharing.Store.MEMORY, Duration.ofMillis(50),
				"llmtrack:budgets:", ZoneId.of("UTC"));
		this.runner.run((context) -> assertThat(BudgetSharing.in(context.getEnvironment())).isEqualTo(defaults));
		this.runner.withPropertyValues("llmtrack.budgets.store=", "llmtrack.budgets.store-timeout=").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(BudgetSharing.in(context.getEnvironment())).isEqualTo(defaults);
		});
	}

	@Test
	void everythingIsBoundFromVariables() {
		with(environment(Map.of("LLMTRACK_BUDGETS_SUPPORT_LIMIT", "50 USD", "LLMTRACK_BUDGETS_SUPPORT_WARNAT", "90%",
				"LLMTRACK_BUDGETS_STORE_TIMEOUT", "9ms", "LLMTRACK_BUDGETS_KEY_PREFIX", "shop:",
				"LLMTRACK_BUDGETS_ZONE", "Europe/Berlin")),
				(budgets) -> assertThat(budgets)
					.extracting(BudgetSettings::name, BudgetSettings::warnAt, BudgetSettings::zone)
					.containsExactly(Tuple.tuple("support", 0.9, ZoneId.of("Europe/Berlin"))));
		environment(Map.of("LLMTRACK_BUDGETS_STORE_TIMEOUT", "9ms", "LLMTRACK_BUDGETS_KEY_PREFIX", "shop:"))
			.run((context) -> assertThat(BudgetSharing.in(context.getEnvironment()))
				.extracting(BudgetSharing::storeTimeout, BudgetSharing::keyPrefix)
				.containsExactly(Duration.ofMillis(9), "shop:"));
	}

	/**
	 * Variables have no dashes, so that Spring Boot finds two names for the budget.
	 */
	@Test
	void budgetWhoseNameHasDashesStaysOneIfAVariableSetsAProperty() {
		with(environment(Map.of("LLMTRACK_BUDGETS_SUPPORTCHAT_LIMIT", "70 USD"))
			.withPropertyValues("llmtrack.budgets.support-chat.feature=chat", "llmtrack.budgets.other.requests=1"),
				(budgets) -> assertThat(budgets).extracting(BudgetSettings::name, BudgetSettings::feature)
					.containsExactly(Tuple.tuple("other", null), Tuple.tuple("support-chat", "chat")));
	}

	@Test
	void nameMayHaveDotsAndUnderscores() {
		with(this.runner.withPropertyValues("llmtrack.budgets[support.v2_a-B].requests=1"),
				(budgets) -> assertThat(budgets).extracting(BudgetSettings::name).containsExactly("support.v2_a-B"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a.limit=50 | budgets.a.limit | amount in US dollars",
			"a.limit=50 EUR | budgets.a.limit | such as 50 USD", "a.limit=-1 USD | budgets.a.limit | 0 or more",
			"a.limit=a lot | budgets.a.limit | llmtrack.budgets.a.tokens and llmtrack.budgets.a.requests",
			"a.tokens=-1 | budgets.a.tokens | Must be 0 or more", "a.requests=-1 | budgets.a.requests | 0 or more",
			"a.feature=x | budgets.a.limit | or one of llmtrack.budgets.a.tokens",
			"a.limit= | budgets.a.limit | Must be set",
			"a.feature=,a.requests=1 | budgets.a.feature | between 1 and 200",
			"a.customer=,a.requests=1 | budgets.a.customer | between 1 and 200",
			"a.provider=,a.requests=1 | budgets.a.provider | between 1 and 200",
			"a.model=,a.requests=1 | budgets.a.model | between 1 and 200",
			"a.limit=1 USD,a.tokens=1 | budgets.a.tokens | Only one of llmtrack.budgets.a.limit",
			"a.tokens=1,a.requests=1 | budgets.a.requests | Only one of",
			"a.warn-at=80,a.requests=1 | budgets.a.warn-at | such as 80%",
			"a.warn-at=0%,a.requests=1 | budgets.a.warn-at | above 0%",
			"a.warn-at=101%,a.requests=1 | budgets.a.warn-at | up to 100%",
			"foo=50 USD | budgets.foo | llmtrack.budgets.foo.limit", "zone.limit=50 USD | budgets.zone | another name",
			"store-timeout=0ms,a.requests=1 | budgets.store-timeout | between 1ms and 1s",
			"store-timeout=2s,a.requests=1 | budgets.store-timeout | between 1ms and 1s",
			"key-prefix=,a.requests=1 | budgets.key-prefix | between 1 and 100",
			"key-prefix=a b,a.requests=1 | budgets.key-prefix | no blanks" })
	void invalidPropertyIsNamed(String properties, String name, String reason) {
		this.runner.withPropertyValues(prefixed(properties))
			.run((context) -> assertInvalid(context.getStartupFailure(), "llmtrack." + name, reason));
	}

	@ParameterizedTest
	@ValueSource(strings = { "my budget", "größe", "a/b" })
	void nameHasCharactersThatKeysMayHave(String name) {
		this.runner.withPropertyValues("llmtrack.budgets[" + name + "].requests=1")
			.run((context) -> assertInvalid(context.getStartupFailure(), "llmtrack.budgets[" + name + "]",
					"between 1 and 100 letters"));
	}

	@Test
	void namesAndFiltersHaveABound() {
		this.runner.withPropertyValues("llmtrack.budgets." + "a".repeat(101) + ".requests=1")
			.run((context) -> assertInvalid(context.getStartupFailure(), "llmtrack.budgets." + "a".repeat(101),
					"between 1 and 100 letters"));
		this.runner.withPropertyValues("llmtrack.budgets.a.requests=1", "llmtrack.budgets.a.feature=" + "a".repeat(201))
			.run((context) -> assertInvalid(context.getStartupFailure(), "llmtrack.budgets.a.feature",
					"between 1 and 200"));
	}

	private static void assertInvalid(Throwable failure, String name, String reason) {
		assertThat(failure).rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (invalid) -> {
				assertThat(invalid.getName()).isEqualTo(name);
				assertThat(invalid.getReason()).contains(reason);
			});
	}

	@ParameterizedTest
	@CsvSource({ "period=year, HOUR", "per=model, FEATURE", "then=stop, REFUSE", "zone=Berlin, ZoneId",
			"tokens=many, Long" })
	void valueOfAnotherTypeIsNamed(String property, String allowed, CapturedOutput output) {
		assertFailsToBind("llmtrack.budgets.a." + property, allowed, output);
	}

	@ParameterizedTest
	@CsvSource({ "zone=Berlin, ZoneId", "store=disk, REDIS", "store-timeout=soon, Duration" })
	void settingOfAnotherTypeIsNamed(String property, String allowed, CapturedOutput output) {
		assertFailsToBind("llmtrack.budgets." + property, allowed, output);
	}

	private static void assertFailsToBind(String property, String allowed, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--llmtrack.api-key=llmtrack-key", "--llmtrack.budgets.a.requests=1", "--" + property));
		assertThat(output).contains("APPLICATION FAILED TO START", property.split("=")[0], property.split("=")[1],
				allowed);
	}

	@Test
	void nothingIsCheckedWhenDisabled() {
		this.runner.withPropertyValues("llmtrack.enabled=false", "llmtrack.budgets.a.limit=a lot")
			.run((context) -> assertThat(context).hasNotFailed().getBean(Budgets.class).isSameAs(Budgets.none()));
	}

	private static String[] prefixed(String properties) {
		return Stream.of(properties.split(","))
			.map((property) -> "llmtrack.budgets." + property)
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LlmTrackAutoConfiguration.class)
	static class Application {

	}

}
