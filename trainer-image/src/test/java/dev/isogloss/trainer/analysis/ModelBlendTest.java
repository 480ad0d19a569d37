package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Proportions of three models.
class ModelBlendTest {

    @Test
    void a_line_leads_from_one_model_to_that_of_both_and_beyond() {
        assertThat(ModelBlend.fromSource(0)).isEqualTo(ModelBlend.SOURCE);
        assertThat(ModelBlend.fromSource(1)).isEqualTo(ModelBlend.BOTH);
        assertThat(ModelBlend.fromTarget(0)).isEqualTo(ModelBlend.TARGET);
        assertThat(ModelBlend.fromTarget(1)).isEqualTo(ModelBlend.BOTH);
        assertThat(ModelBlend.fromSource(1.5)).isEqualTo(new ModelBlend(1.5, -0.5, 0));
        assertThat(ModelBlend.fromTarget(-0.5)).isEqualTo(new ModelBlend(-0.5, 0, 1.5));
    }

    @Test
    void the_corners_of_the_plane_are_the_three_models() {
        assertThat(ModelBlend.inPlane(1, 0)).isEqualTo(ModelBlend.SOURCE);
        assertThat(ModelBlend.inPlane(0, 1)).isEqualTo(ModelBlend.TARGET);
        assertThat(ModelBlend.inPlane(0, 0)).isEqualTo(ModelBlend.BOTH);
        assertThat(ModelBlend.inPlane(-0.5, 1.5)).isEqualTo(new ModelBlend(0, -0.5, 1.5));
    }

    @Test
    void what_is_left_is_computed_with_the_decimals_that_a_manifest_holds() {
        assertThat(1 - 0.9 - 0.1).isNotZero();
        assertThat(ModelBlend.inPlane(0.9, 0.1).both()).isZero();
        assertThat(ModelBlend.fromSource(0.9).source()).isEqualTo(0.1);
    }
}
