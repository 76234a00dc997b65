// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.architecture;

import com.llmtrack.spring.Internal;
import com.llmtrack.spring.LlmContextAdvisor;
import com.llmtrack.spring.ModelInstrumentation;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;

/**
 * Tests which packages exist and how they depend on each other.
 */
@AnalyzeClasses(packages = "com.llmtrack.spring", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("project")
class ArchitectureTests {

	private static final String ROOT = "com.llmtrack.spring";

	@ArchTest
	static final ArchRule roomsDependOnEachOtherInOneDirection = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("root")
		.definedBy(ROOT)
		.layer("logging")
		.definedBy(ROOT + ".logging")
		.layer("files")
		.definedBy(ROOT + ".files")
		.layer("json")
		.definedBy(ROOT + ".json")
		.layer("usage")
		.definedBy(ROOT + ".instrumentation.usage")
		.layer("internals")
		.definedBy(ROOT + ".instrumentation.internals")
		.layer("proxy")
		.definedBy(ROOT + ".instrumentation.proxy")
		.layer("feature")
		.definedBy(ROOT + ".instrumentation.feature")
		.layer("customer")
		.definedBy(ROOT + ".instrumentation.customer")
		.layer("trace")
		.definedBy(ROOT + ".instrumentation.trace")
		.layer("call")
		.definedBy(ROOT + ".instrumentation.call")
		.layer("model")
		.definedBy(ROOT + ".instrumentation.model")
		.layer("delivery")
		.definedBy(ROOT + ".delivery")
		.layer("http")
		.definedBy(ROOT + ".delivery.http")
		.layer("spool")
		.definedBy(ROOT + ".delivery.spool")
		.layer("jdbc")
		.definedBy(ROOT + ".delivery.jdbc")
		.layer("pricing")
		.definedBy(ROOT + ".pricing")
		.layer("budget")
		.definedBy(ROOT + ".budget")
		.layer("redis")
		.definedBy(ROOT + ".budget.redis")
		.layer("actuate")
		.definedBy(ROOT + ".actuate")
		.layer("autoconfigure")
		.definedBy(ROOT + ".autoconfigure")
		.whereLayer("logging")
		.mayOnlyBeAccessedByLayers("proxy", "feature", "customer", "trace", "call", "model", "delivery", "http",
				"spool", "jdbc", "pricing", "budget", "actuate", "autoconfigure")
		.whereLayer("files")
		.mayOnlyBeAccessedByLayers("spool", "budget")
		.whereLayer("json")
		.mayOnlyBeAccessedByLayers("http", "pricing", "autoconfigure")
		.whereLayer("usage")
		.mayOnlyBeAccessedByLayers("call", "model")
		.whereLayer("internals")
		.mayOnlyBeAccessedByLayers("usage", "proxy", "call", "model")
		.whereLayer("proxy")
		.mayOnlyBeAccessedByLayers("feature", "model")
		.whereLayer("feature")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("customer")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("trace")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("call")
		.mayOnlyBeAccessedByLayers("trace", "model", "autoconfigure")
		.whereLayer("model")
		.mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
		.whereLayer("delivery")
		.mayOnlyBeAccessedByLayers("http", "spool", "jdbc", "actuate", "autoconfigure")
		.whereLayer("http")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("spool")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("jdbc")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("pricing")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("budget")
		.mayOnlyBeAccessedByLayers("redis", "actuate", "autoconfigure")
		.whereLayer("redis")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("actuate")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	static final ArchRule everyClassLivesInARoom = ArchRuleDefinition.classes()
		.should()
		.resideInAnyPackage(ROOT, ROOT + ".logging", ROOT + ".files", ROOT + ".json", ROOT + ".instrumentation.*",
				ROOT + ".delivery", ROOT + ".delivery.http", ROOT + ".delivery.spool", ROOT + ".delivery.jdbc",
				ROOT + ".pricing", ROOT + ".budget", ROOT + ".budget.redis", ROOT + ".actuate",
				ROOT + ".autoconfigure");

	@ArchTest
	static final ArchRule roomsAreFreeOfCycles = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule springAiStaysInInstrumentation = ArchRuleDefinition.noClasses()
		.that(JavaClass.Predicates.resideInAPackage(ROOT + "..")
			.and(DescribedPredicate
				.not(JavaClass.Predicates.resideInAnyPackage(ROOT + ".instrumentation..", ROOT + ".autoconfigure..")))
			// What users call has to name models and chat clients
			.and(DescribedPredicate.not(JavaClass.Predicates.type(ModelInstrumentation.class)))
			.and(DescribedPredicate.not(JavaClass.Predicates.type(LlmContextAdvisor.class))))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.ai..");

	@ArchTest
	static final ArchRule httpAndJsonStayInTheTransport = ArchRuleDefinition.noClasses()
		.that(JavaClass.Predicates.resideInAPackage(ROOT + "..")
			.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(ROOT + ".delivery.http..",
					ROOT + ".json..", ROOT + ".autoconfigure..")))
			.and(DescribedPredicate.not(JavaClass.Predicates.simpleName("LlmTrackWebClientCustomizer")))
			// What controllers return has a feature, too, and a request's header may tell
			// the customer
			.and(DescribedPredicate.not(HasName.Predicates.nameContaining("ResponseBodies")))
			.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(ROOT + ".instrumentation.customer")))
			// And they are named if it has none
			.and(DescribedPredicate.not(JavaClass.Predicates.simpleName("WebHandlers"))))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.http..", "org.springframework.web..", "tools.jackson..",
				"com.fasterxml.jackson..", "reactor.netty..", "io.netty..", "java.net.http..");

	@ArchTest
	static final ArchRule databasesStayInTheirRoom = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage(ROOT + ".delivery.jdbc")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.jdbc..", "org.springframework.transaction..", "java.sql..");

	@ArchTest
	static final ArchRule redisStaysInItsRoom = ArchRuleDefinition.noClasses()
		.that(JavaClass.Predicates.resideInAPackage(ROOT + "..")
			.and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".budget.redis")))
			// Finds the application's connection factory
			.and(DescribedPredicate.not(JavaClass.Predicates.simpleName("RedisConnections"))))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.data..");

	@ArchTest
	static final ArchRule springBootStaysInAutoConfiguration = ArchRuleDefinition.noClasses()
		.that(JavaClass.Predicates.resideInAPackage(ROOT + "..")
			.and(DescribedPredicate
				.not(JavaClass.Predicates.resideInAnyPackage(ROOT + ".actuate..", ROOT + ".autoconfigure.."))
				.and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(ConnectionDetails.class)))))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule hintsStandBesideWhatTheyAreFor = ArchRuleDefinition.classes()
		.that()
		.areAssignableTo(RuntimeHintsRegistrar.class)
		.should()
		.notBePublic()
		.andShould()
		.haveSimpleNameEndingWith("Hints");

	@ArchTest
	static final ArchRule onlyHintsAndPostProcessorsKnowOfTheBuild = ArchRuleDefinition.noClasses()
		.that()
		.areNotAssignableTo(RuntimeHintsRegistrar.class)
		.and()
		.areNotAssignableTo(BeanPostProcessor.class)
		// The annotation says that it is read by reflection
		.and()
		.areNotAnnotations()
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.aot..", "org.springframework.beans.factory.aot..");

	@ArchTest
	static final ArchRule loggingIsSprings = ArchRuleDefinition.noClasses()
		.that()
		// Reads a key of the application's logging context
		.doNotHaveSimpleName("LoggingKeyCustomers")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "java.util.logging..", "org.apache.logging..");

	@ArchTest
	static final ArchRule packagesAreNullMarked = ArchRuleDefinition.classes()
		.should()
		.beAnnotatedWith(NullMarked.class)
		.orShould(ArchConditions.be(DescribedPredicate.describe("in a package that is @NullMarked",
				(JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

	@ArchTest
	static final ArchRule onlyTheRootIsApi = ArchRuleDefinition.classes()
		.that()
		.resideOutsideOfPackage(ROOT)
		.should(ArchConditions.be(DescribedPredicate.describe("in a package that is @Internal",
				(JavaClass type) -> type.getPackage().isAnnotatedWith(Internal.class))));

	@ArchTest
	static final ArchRule onlyAutoConfigurationsArePublicAmongThem = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage(ROOT + ".autoconfigure..")
		.and()
		.arePublic()
		.should()
		.beAnnotatedWith(AutoConfiguration.class)
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule publicClassesAreFinalOrAbstract = ArchRuleDefinition.classes()
		.that()
		.arePublic()
		.and()
		.areTopLevelClasses()
		.should()
		.haveModifier(JavaModifier.FINAL)
		.orShould()
		.haveModifier(JavaModifier.ABSTRACT)
		.orShould()
		.beInterfaces()
		.orShould()
		.beEnums();

	@ArchTest
	static final ArchRule conditionsAreNotPublic = ArchRuleDefinition.classes()
		.that(JavaClass.Predicates.assignableTo(Condition.class))
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule postProcessorsAreDeclaredByStaticMethods = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic();

	@ArchTest
	static final ArchRule classConditionsAreOnClasses = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class);

}
