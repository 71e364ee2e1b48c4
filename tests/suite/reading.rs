//! What is read of files that are not quite right, and where their mistakes are shown.

use crate::project::Project;

#[test]
fn numbers_out_of_their_bounds_are_mistakes() {
    for amount in [".nan", ".inf", "-80"] {
        let mut project = Project::small();
        let price = format!("price: {{amount: {amount}, currency: USD}}\nname:");
        project.replace("content/services/massage.yaml", "name:", &price).build();
        let found = project.findings();
        assert!(
            found.contains("1:17: error[wrong-type] expected an amount of 0 or more"),
            "{found}"
        );
    }
    let mut project = Project::small();
    let marker = "- id: tp1\n    marker: {view: back, x: 5000, y: .nan}";
    project.replace("content/muscles/infraspinatus.yaml", "- id: tp1", marker).build();
    let found = project.findings();
    for number in ["5000", "NaN"] {
        let expected = format!("expected a fraction from 0 to 1, found {number}");
        assert!(found.contains(&expected), "{found}");
    }
}
