//! Services: what the studio offers.

use super::area::Area;
use super::currency::Currency;
use super::declare::{kind, record};
use super::numbers::Amount;
use super::person::Person;
use super::scalars::{Address, Many, Ref, Text};
use super::technique::Technique;

kind! {
    /// Something that can be booked at the studio.
    Service {
        must {
            /// The name on the menu.
            name: Text,
            /// One plain sentence; no promises.
            summary: Text,
            /// The techniques that are used.
            techniques: Many<Ref<Technique>>,
        }
        may {
            /// How long it takes, in minutes.
            duration_minutes: Option<u32>,
            /// What it costs.
            price: Option<Price>,
            /// Where to book it; without it, the studio's address for booking.
            booking_url: Option<Address>,
            /// Who performs it.
            performed_by: Vec<Ref<Person>>,
            /// When it is not for you, or only with care.
            cautions: Vec<Text>,
            /// The areas of the body it is for: it is offered there only, and where a muscle names it.
            /// Without them, wherever its techniques fit.
            areas: Vec<Ref<Area>>,
        }
    }
}

record! {
    /// A price.
    Price {
        must {
            /// The amount in units of the currency.
            amount: Amount,
            /// The currency's code in ISO 4217, such as `USD`.
            currency: Currency,
        }
        may {}
    }
}
