//! Takes nothing, gives the kinds of terms and events, with who gains when a term is performed.
//! Invariant: the same kinds, in the same order, as vocab/terms.csv and vocab/events.csv; a test compares them.

crate::codes! {
    /// What is promised.
    pub enum TermKind {
        /// Stop fighting or shelling.
        CeaseHostilities = "cease_hostilities",
        /// Hold or call off a planned operation.
        SuspendOperation = "suspend_operation",
        /// Pull forces back or out.
        WithdrawForces = "withdraw_forces",
        /// Take down posts or checkpoints.
        RemoveCheckpoint = "remove_checkpoint",
        /// Enter, set up positions, posts or joint patrols.
        DeployForces = "deploy_forces",
        /// Surrender or register arms.
        HandOverWeapons = "hand_over_weapons",
        /// Hand over maps of mines, tunnels, depots.
        HandOverMaps = "hand_over_maps",
        /// Hand over a town or area.
        SurrenderTerritory = "surrender_territory",
        /// Dissolve a force, expel foreign forces.
        DisbandForces = "disband_forces",
        /// Enlist or be integrated into army or police.
        JoinForces = "join_forces",
        /// Settlement of status (taswiya); amnesty only where the text says so.
        SettleStatus = "settle_status",
        /// Deferral or rules of military service.
        ConscriptionDeferral = "conscription_deferral",
        /// Fighters or refusers leave or are moved to another area (voluntariness is coded apart).
        RelocateFighters = "relocate_fighters",
        /// Families or residents leave or are moved (voluntariness is coded apart).
        RelocateCivilians = "relocate_civilians",
        /// Hand over wanted persons.
        HandOverWanted = "hand_over_wanted",
        /// Search houses or land within bounds.
        Search = "search",
        /// Free detainees or abductees.
        ReleaseDetainees = "release_detainees",
        /// Exchange prisoners or bodies.
        ExchangePrisoners = "exchange_prisoners",
        /// Tell the fate of missing persons.
        ClarifyMissing = "clarify_missing",
        /// Lift a siege, open roads and crossings, free movement.
        LiftSiege = "lift_siege",
        /// Let aid in.
        HumanitarianAccess = "humanitarian_access",
        /// Return of displaced people.
        ReturnDisplaced = "return_displaced",
        /// Return of state institutions and services.
        RestoreServices = "restore_services",
        /// Local council, police or autonomy rules.
        LocalGovernance = "local_governance",
        /// Monitors, guarantors, joint committee.
        Monitor = "monitor",
        /// Courts, arbitration, tribal settlement.
        DisputeSettlement = "dispute_settlement",
        /// Compensation, blood money, property return.
        Compensate = "compensate",
        /// Stop incitement or media attacks.
        MediaRestraint = "media_restraint",
        /// Reconciliation meeting, tent, apology.
        ReconciliationAct = "reconciliation_act",
        /// Talks, political process.
        JoinTalks = "join_talks",
        /// Reaffirm an earlier agreement.
        Reaffirm = "reaffirm",
        /// Dates and phases.
        Timetable = "timetable",
        /// Safety of people leaving or travelling.
        SafePassage = "safe_passage",
        /// No arrest, harassment or call-up of a group.
        NoReprisal = "no_reprisal",
        /// Hold lines, seize no more ground.
        NoAdvance = "no_advance",
        /// Keep a force, heavy arms or reinforcement out; buffer zone.
        NoEntry = "no_entry",
        /// Remove bunkers, berms, barricades, tunnels.
        DismantleWorks = "dismantle_works",
        /// Vacate and not use hospitals, schools, shrines.
        ProtectSites = "protect_sites",
        /// Survey or clear mines and remnants.
        ClearMines = "clear_mines",
        /// Return bodies.
        HandOverRemains = "hand_over_remains",
        /// Inquiry into or prosecution of abuses.
        Investigate = "investigate",
        /// Grazing, water, harvest, oil, crossing revenue.
        ResourceRules = "resource_rules",
        /// Papers, schooling, jobs restored.
        CivilDocuments = "civil_documents",
        /// A third party answers for or restrains a party.
        Guarantee = "guarantee",
        /// Anything else.
        Other = "other",
    }
}

crate::codes! {
    /// What happened.
    pub enum EventKind {
        /// Persons are arrested.
        Arrest = "arrest",
        /// Persons are abducted.
        Abduction = "abduction",
        /// An armed attack.
        Attack = "attack",
        /// Fighting between armed sides.
        Clash = "clash",
        /// Artillery, mortar, rocket or missile fire.
        Shelling = "shelling",
        /// A strike from the air.
        AirStrike = "air_strike",
        /// An explosive device, mine or car bomb.
        Bombing = "bombing",
        /// Persons are killed.
        Killing = "killing",
        /// Forces are sent or stationed.
        Deployment = "deployment",
        /// Forces leave.
        Withdrawal = "withdrawal",
        /// Forces enter a place.
        Entry = "entry",
        /// A place changes hands.
        TerritoryTransfer = "territory_transfer",
        /// People leave or are moved under arrangement.
        Evacuation = "evacuation",
        /// Parties or envoys meet.
        Meeting = "meeting",
        /// An agreement is concluded or signed.
        Signing = "signing",
        /// Houses or land are searched.
        Search = "search",
        /// Arms are handed over.
        WeaponsHandover = "weapons_handover",
        /// Detainees are freed.
        Release = "release",
        /// A place is besieged or closed off.
        Siege = "siege",
        /// A siege or closure ends.
        SiegeLifted = "siege_lifted",
        /// A demonstration or strike.
        Protest = "protest",
        /// Somebody is said to have broken an agreement.
        ViolationAlleged = "violation_alleged",
        /// Aid arrives.
        AidDelivery = "aid_delivery",
        /// A public statement.
        Statement = "statement",
        /// People are driven from their homes.
        Displacement = "displacement",
        /// A threat or an ultimatum.
        ThreatUltimatum = "threat_ultimatum",
        /// A targeted killing.
        Assassination = "assassination",
        /// Persons freed are arrested again.
        Rearrest = "rearrest",
        /// Aid is held up.
        AidBlocked = "aid_blocked",
        /// A party leaves an agreement or talks.
        PartyWithdraws = "party_withdraws",
        /// An agreement is prolonged.
        Extension = "extension",
        /// An agreement runs out.
        Expiry = "expiry",
        /// A ceasefire is announced.
        CeasefireDeclared = "ceasefire_declared",
        /// Property is taken or destroyed.
        Looting = "looting",
        /// People are called up.
        Conscription = "conscription",
        /// A promise is told as not kept.
        NonPerformance = "non_performance",
        /// Anything else.
        Other = "other",
    }
}

crate::codes! {
    /// Whose story it serves that a promise is believed to be kept.
    pub enum Gain {
        /// The one who promised.
        Bearer = "bearer",
        /// The other side.
        Counterpart = "counterpart",
        /// Both sides.
        Both = "both",
    }
}

impl TermKind {
    /// Whose story is served when performance of this kind is believed (column `gain_if_done`).
    pub const fn gain_if_done(self) -> Gain {
        match self {
            Self::HandOverWeapons
            | Self::HandOverMaps
            | Self::SurrenderTerritory
            | Self::DisbandForces
            | Self::JoinForces
            | Self::SettleStatus
            | Self::RelocateFighters
            | Self::RelocateCivilians
            | Self::HandOverWanted => Gain::Counterpart,
            Self::ExchangePrisoners
            | Self::ReturnDisplaced
            | Self::LocalGovernance
            | Self::Monitor
            | Self::DisputeSettlement
            | Self::MediaRestraint
            | Self::ReconciliationAct
            | Self::JoinTalks
            | Self::Reaffirm
            | Self::Timetable
            | Self::ResourceRules
            | Self::Guarantee
            | Self::Other => Gain::Both,
            Self::CeaseHostilities
            | Self::SuspendOperation
            | Self::WithdrawForces
            | Self::RemoveCheckpoint
            | Self::DeployForces
            | Self::ConscriptionDeferral
            | Self::Search
            | Self::ReleaseDetainees
            | Self::ClarifyMissing
            | Self::LiftSiege
            | Self::HumanitarianAccess
            | Self::RestoreServices
            | Self::Compensate
            | Self::SafePassage
            | Self::NoReprisal
            | Self::NoAdvance
            | Self::NoEntry
            | Self::DismantleWorks
            | Self::ProtectSites
            | Self::ClearMines
            | Self::HandOverRemains
            | Self::Investigate
            | Self::CivilDocuments => Gain::Bearer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enums_say_what_the_tables_say() {
        let terms = include_str!("../../../vocab/terms.csv");
        let rows: Vec<(&str, &str)> = terms
            .lines()
            .skip(1)
            .map(|row| (row.split(',').next().unwrap(), row.rsplit(',').next().unwrap()))
            .collect();
        let ours: Vec<(&str, &str)> =
            TermKind::ALL.iter().map(|kind| (kind.code(), kind.gain_if_done().code())).collect();
        assert_eq!(rows, ours);
        let events: Vec<&str> = include_str!("../../../vocab/events.csv").lines().skip(1).collect();
        let ours: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(events, ours);
    }

    #[test]
    fn codes_read_back() {
        for kind in TermKind::ALL {
            assert_eq!(TermKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(TermKind::from_code("treaty"), None);
    }
}
